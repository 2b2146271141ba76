//! Writes papers as PDF into a folder, for validators of other people's making (`scripts/conformance-pdf`): the act of the demo as it is printed, and
//! papers made up to be hard to set. `papers.json` says of each what must be found in it.

use std::path::Path;

use chrono::NaiveDate;
use registre::publish::paper::pdf;
use registre::publish::paper::{Block, Column, Content, Item, Mark, Paper, Role, Row, Table};
use serde_json::{Value, json};

type Failure = Box<dyn std::error::Error>;

fn main() -> Result<(), Failure> {
    let folder = std::env::args().nth(1).ok_or("the folder to write to is missing")?;
    std::fs::create_dir_all(&folder)?;
    let papers = [("seed", seed()?, 2), ("hostile", hostile()?, 0), ("long", long()?, 0), ("every", every()?, 0), ("bare", bare()?, 1)];
    let mut described = serde_json::Map::new();
    for (name, paper, pages) in papers {
        std::fs::write(Path::new(&folder).join(name).with_extension("pdf"), pdf(&paper)?)?;
        described.insert(name.to_owned(), describe(&paper, pages));
    }
    std::fs::write(Path::new(&folder).join("papers.json"), serde_json::to_vec_pretty(&described)?)?;
    Ok(())
}

/// What must be found in the file, from the paper alone. `pages`: how many it takes; 0: not said.
fn describe(paper: &Paper, pages: usize) -> Value {
    let count = |wanted: fn(&Content) -> bool| paper.blocks.iter().filter(|block| wanted(&block.content)).count();
    json!({
        "title": if paper.title.is_empty() { "Sans titre".to_owned() } else { read(&paper.title) },
        "author": read(&paper.author),
        "date": paper.date,
        "pages": pages,
        "headings": count(|content| matches!(content, Content::Heading(..))),
        "tables": count(|content| matches!(content, Content::Table(_))),
        "marks": paper.marks.iter().map(|mark| mark.text()).collect::<Vec<_>>(),
        "texts": paper.blocks.iter().flat_map(|block| texts(&block.content)).map(|text| read(&text)).collect::<Vec<_>>(),
        "footer": paper.footer.iter().map(|line| read(line)).collect::<Vec<_>>(),
    })
}

/// The texts of a block, in the order of reading.
fn texts(content: &Content) -> Vec<String> {
    match content {
        Content::Heading(_, text) | Content::Text(text) => vec![text.clone()],
        Content::Lines(lines) => lines.clone(),
        Content::Items(items) => items.iter().flat_map(of_item).collect(),
        Content::Table(table) => {
            let caption = table.caption_shown.then(|| table.caption.clone());
            let headings = table.columns.iter().map(|column| column.heading.clone());
            let rows = table.rows.iter().flat_map(|row| match row {
                Row::Across(text) => vec![text.clone()],
                Row::Cells(cells) | Row::Total(cells) => cells.clone(),
            });
            caption.into_iter().chain(headings).chain(rows).collect()
        }
    }
}

fn of_item(item: &Item) -> Vec<String> {
    item.label.iter().cloned().chain([item.text.clone()]).chain(item.children.iter().flat_map(of_item)).collect()
}

/// What differs between the papers below and what is read from their files: raised text loses its marks; characters that our fonts cannot show, or that
/// would change the order of others, are named.
const READ: &[(&str, &str)] = &[
    ("1^{ère}", "1ère"),
    ("1^{er}", "1er"),
    ("2^{e}", "2e"),
    ("n^{o}", "no"),
    ("n^{os}", "nos"),
    ("^{a^{b}}", "^{ab}"),
    ("\u{202e}renversé\u{202c}", "[U+202E]renversé[U+202C]"),
    ("\u{2066}isolé\u{2069}", "[U+2066]isolé[U+2069]"),
    // What runs from right to left is written as it is seen, from left to right.
    ("\u{5e2}\u{5d1}\u{5e8}\u{5d9}\u{5ea} et ", "\u{5ea}\u{5d9}\u{5e8}\u{5d1}\u{5e2} et "),
    (" et \u{627}\u{644}\u{639}\u{631}\u{628}\u{64a}\u{629}", " et \u{629}\u{64a}\u{628}\u{631}\u{639}\u{644}\u{627}"),
    ("中文, 日本語, 한국어, ไทย", "[U+4E2D][U+6587], [U+65E5][U+672C][U+8A9E], [U+D55C][U+AD6D][U+C5B4], [U+0E44][U+0E17][U+0E22]"),
    ("🎉 👩", "[U+1F389] [U+1F469]"),
    ("\u{0}\u{1}\u{7}\u{1b}\u{7f}\u{9d}", "[U+0000][U+0001][U+0007][U+001B][U+007F][U+009D]"),
    ("\u{feff}\u{fffe}\u{ffff}\u{e000}", "[U+FEFF][U+FFFE][U+FFFF][U+E000]"),
];

/// The text as it is read from a file: the pairs above are the whole of what differs, by hand.
fn read(text: &str) -> String {
    READ.iter().fold(text.to_owned(), |text, (written, read)| text.replace(written, read))
}

fn day() -> Result<NaiveDate, Failure> {
    Ok(NaiveDate::from_ymd_opt(2025, 7, 7).ok_or("no such day")?)
}

fn block(role: Role, content: Content) -> Block {
    Block { role, content }
}

fn text(role: Role, text: &str) -> Block {
    block(role, Content::Text(text.to_owned()))
}

fn lines(role: Role, lines: &[&str]) -> Block {
    block(role, Content::Lines(lines.iter().map(|&line| line.to_owned()).collect()))
}

fn item(label: Option<&str>, text: &str, children: Vec<Item>) -> Item {
    Item { label: label.map(str::to_owned), text: text.to_owned(), children }
}

fn column(heading: &str, numeric: bool) -> Column {
    Column { heading: heading.to_owned(), numeric }
}

fn cells(cells: &[&str]) -> Vec<String> {
    cells.iter().map(|&cell| cell.to_owned()).collect()
}

const DIGEST: &str = "Empreinte SHA-256 : 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";
const WHERE: &str = "À vérifier sur https://registre.example/v1/deliberations/019f0000-0000-7000-8000-000000000001";

/// Deliberation 2025-302, as it is printed.
fn seed() -> Result<Paper, Failure> {
    let title = "ANIMER LE RÉSEAU DES SOCIÉTÉS COOPÉRATIVES D'INTÉRÊT COLLECTIF\n(SCIC) DU PAS-DE-CALAIS";
    let mut blocks = vec![
        text(Role::Head, "DEPARTEMENT DU PAS-DE-CALAIS"),
        lines(Role::Head, &["DELIBERATION DE LA COMMISSION PERMANENTE", "DU CONSEIL DEPARTEMENTAL"]),
        text(Role::Head, "REUNION DU 7 JUILLET 2025"),
        text(Role::Head, "PRESIDENCE DE MONSIEUR JEAN-CLAUDE LEROY"),
        text(Role::Attendance, "Secrétaire : Mme Zohra OUAGUEF"),
        text(
            Role::Attendance,
            "Étaient présents : M. Jean-Claude LEROY, Mme Mireille HINGREZ-CÉRÉDA, M. Daniel MACIEJASZ, Mme Valérie CUVILLIER, Mme Blandine DRAIN, \
             Mme Maryse CAUWET, Mme Bénédicte MESSEANNE-GROBELNY, M. Jean-Claude DISSAUX, Mme Laurence LOUCHAERT, Mme Karine GAUTHIER, \
             M. Alain MEQUIGNON, Mme Evelyne NACHEL, Mme Florence WOZNY, M. Jean-Jacques COTTEL, Mme Caroline MATRAT, M. Sébastien CHOCHOIS, \
             Mme Sophie WAROT-LEMAIRE, M. André KUHCINSKI, Mme Fatima AIT-CHIKHEBBIH, Mme Carole DUBOIS, M. Olivier BARBARIN, Mme Zohra OUAGUEF, \
             M. Etienne PERIN, Mme Maryse DELASSUS, M. Claude BACHELET, Mme Maïté MULOT-FRISCOURT, M. Bruno COUSEIN, Mme Stéphanie RIGAUX, \
             M. Philippe FAIT, M. Alexandre MALFAIT, M. Frédéric MELCHIOR, Mme Brigitte PASSEBOSC, M. François LEMAIRE, M. Marc SARPAUX, \
             Mme Marie-Line PLOUVIEZ, M. Ludovic PAJOT, M. René HOCQ, Mme Emmanuelle LEVEUGLE.",
        ),
        text(
            Role::Attendance,
            "Excusé(s) : M. Ludovic LOQUET, M. Laurent DUPORGE, M. Pierre GEORGET, Mme Emmanuelle LAPOUILLE, Mme Sylvie MEYFROIDT, M. Steeve BRIOIS.",
        ),
        text(Role::Attendance, "Assistant également sans voix délibérative : M. Jean-Louis COTTIGNY, M. Bertrand PETIT."),
        text(Role::Attendance, "Excusé(s) sans voix délibérative : M. Michel DAGBERT, M. Jean-Marc TELLIER."),
        block(Role::Title, Content::Heading(1, title.to_owned())),
        text(Role::Number, "(N°2025-302)"),
        text(Role::Formula, "La Commission Permanente du Conseil départemental du Pas-de-Calais,"),
    ];
    blocks.extend(
        [
            "Vu le Code Général des Collectivités Territoriales et, notamment, ses articles L.3121-14, L.3121-14-1, L.3211-1 et L.3211-2 ;",
            "Vu la Loi n° 2014-856 du 31 juillet 2014 relative à l'Economie Sociale et Solidaire ;",
            "Vu la loi n° 47-1775 du 10/09/1947 portant statut de la coopération ;",
            "Vu le décret n°2002-241 du 21/02/2002 relatif à la Société Coopérative d'intérêt collectif ;",
            "Vu la délibération n°2021-257 du Conseil départemental en date du 01/07/2021 « Délégation d'attributions à la Commission Permanente » ;",
            "Vu le Règlement Intérieur du Conseil départemental du Pas-de-Calais et, notamment, ses articles 18, 20 et 29",
            "Vu le rapport du Président du Conseil départemental, ci-annexé ;",
            "Vu l'avis de la 1^{ère} commission « Attractivité départementale et emploi » rendu lors de sa réunion en date du 24/06/2025 ;",
        ]
        .map(|recital| text(Role::Recital, recital)),
    );
    let articles = vec![
        item(
            Some("Article 1 :"),
            "D'attribuer à la Société Coopérative d'Intérêt Collectif (SCIC) « Cliss XXI » une participation départementale d'un montant global de \
             11 780 € au titre de l'action « Renforcement de l'animation du Réseau des SCIC du Pas-de-Calais », selon les modalités définies au rapport \
             joint à la présente délibération.",
            Vec::new(),
        ),
        item(
            Some("Article 2 :"),
            "D'autoriser le Président du Conseil départemental à signer, au nom et pour le compte du Département, avec la SCIC « Cliss XXI », la \
             convention au titre de l'action « Animer le réseau des SCIC du Pas-de-Calais », dans les termes du projet joint en annexe 3 à la présente \
             délibération.",
            Vec::new(),
        ),
        item(
            Some("Article 3 :"),
            "La dépense versée en application de l'article 1 de la présente délibération est imputée sur le budget départemental comme suit :",
            Vec::new(),
        ),
    ];
    blocks.extend([
        text(Role::Recusal, "Madame Bénédicte MESSEANNE-GROBELNY intéressée à l'affaire, n'a pris part ni au débat, ni au vote."),
        text(Role::Formula, "Après en avoir délibéré,"),
        text(Role::Decision, "DECIDE :"),
        block(Role::Article, Content::Items(articles)),
        block(
            Role::Money,
            Content::Table(Table {
                caption: "Imputation de la dépense sur le budget départemental".to_owned(),
                caption_shown: false,
                columns: vec![
                    column("Code Opération", false),
                    column("Imputation budgétaire", false),
                    column("Libellé Opération", false),
                    column("CP €", true),
                    column("Dépense €", true),
                ],
                rows: vec![Row::Cells(cells(&["C01-650A01", "6568//9365", "Mission ESS", "100 000,00", "11 780,00"]))],
            }),
        ),
        text(Role::Vote, "Dans les conditions de vote ci-dessous :"),
        lines(
            Role::Vote,
            &[
                "Pour : 43 voix (Groupe Socialiste, Républicain et Citoyen ; Groupe Communiste et Républicain ; Groupe Union pour le Pas-de-Calais ; \
                 Groupe Rassemblement National ; Non-inscrit)",
                "Contre : 0 voix",
                "Abstention : 1 (Groupe Socialiste, Républicain et Citoyen)",
            ],
        ),
        text(Role::Outcome, "(Adopté)"),
        lines(Role::Signature, &["LE PRESIDENT DU CONSEIL DEPARTEMENTAL,", "Jean-Claude LEROY"]),
        lines(
            Role::Signature,
            &[
                "ARRAS, le 7 juillet 2025",
                "",
                "Pour le Président du Conseil départemental,",
                "La Directrice générale des services,",
                "Signé",
                "Maryline VINCLAIRE",
            ],
        ),
    ]);
    Ok(Paper {
        title: "Délibération 2025-302 – Animer le réseau des sociétés coopératives d'intérêt collectif (SCIC) du Pas-de-Calais".to_owned(),
        author: "Département du Pas-de-Calais".to_owned(),
        date: day()?,
        marks: vec![Mark::Copy],
        blocks,
        footer: vec![DIGEST.to_owned(), WHERE.to_owned()],
    })
}

/// Texts that another writer would take for markup, or could not set.
fn hostile() -> Result<Paper, Failure> {
    let texts = [
        "#panic(\"no\") #import \"@preview/x:1.0.0\": * #let x = 1; $ x^2 $ *gras* _italique_ `code` @ref <label> [lien] {bloc} // note /* note */ \\ ~ -- --- ...",
        "<script>alert('x')</script> & &amp; ]]> %PDF-1.7 (paren) \\(paren\\) endstream endobj",
        "= Titre\n- liste\n+ numéro\n/ Terme: sens\n\n\n",
        "guillemets droits \" ' « français » “anglais” ’apostrophe’",
        "exposants : 1^{ère}, 2^{e}, n^{os}, vide ^{} ouvert ^{ère, imbriqué ^{a^{b}}, ^ { espacé }",
        "direction : \u{202e}renversé\u{202c} \u{2066}isolé\u{2069} marque\u{200f} \u{200e}de sens, עברית et العربية dans la phrase",
        "autres écritures : ελληνικά, кириллица, 中文, 日本語, 한국어, ไทย, हिन्दी, 🎉 👩\u{200d}⚖\u{fe0f}",
        "commandes : \u{0}\u{1}\u{7}\u{1b}\u{7f}\u{9d}\u{feff}\u{fffe}\u{ffff}\u{e000} fin",
        "espaces : \u{a0}\u{202f}\u{2007}\u{2009}\u{3000}\u{200b}\u{ad}tab\tfin\u{2028}ligne\u{85}ligne\r\nligne\rligne",
        "décomposé : e\u{301} a\u{300} c\u{327} o\u{302}\u{323} ligatures : ffi fl œ ﬁ",
    ];
    let word = "anticonstitutionnellement".repeat(20);
    let url = format!("https://registre.example/{}", "a1%20/".repeat(60));
    let mut blocks = vec![block(Role::Title, Content::Heading(1, "UN TITRE DE DOUZE LIGNES, ".repeat(28)))];
    blocks.extend(texts.iter().map(|&line| text(Role::Body, line)));
    blocks.extend(texts.iter().map(|&line| block(Role::Section, Content::Heading(2, line.to_owned()))));
    blocks.extend([word.as_str(), url.as_str(), &"W".repeat(400)].map(|line| text(Role::Notice, line)));
    blocks.push(lines(Role::Signature, &texts));
    let deep = (0..40).rev().fold(Vec::new(), |children, depth| vec![item(Some("–"), &format!("niveau {depth} {word}"), children)]);
    blocks.push(block(Role::Article, Content::Items(deep)));
    blocks.push(block(
        Role::Article,
        Content::Items(
            texts.iter().map(|&line| item(Some(line), line, vec![item(Some("a)"), line, Vec::new()), item(None, line, Vec::new())])).collect(),
        ),
    ));
    let mut rows: Vec<_> = texts.iter().map(|&line| Row::Cells(cells(&[line, &word, "123 456 789 012,34", "€", &url, "x", "y"]))).collect();
    rows.extend(texts.iter().map(|&line| Row::Across(line.to_owned())));
    rows.push(Row::Cells(cells(&["plus court"])));
    rows.push(Row::Total(cells(&["Total", "", "123 456 789 012,34"])));
    let columns = vec![column("#h", false), column(&word, true), column("Montant €", true), column("", false), column(texts[1], false)];
    blocks.push(block(Role::Money, Content::Table(Table { caption: texts[0].to_owned(), caption_shown: true, columns, rows })));
    Ok(Paper {
        // Not "endstream": metadata are not compressed, and one of the validators takes the word in them for their end.
        title: [texts[0], "<script>alert('x')</script> & &amp; ]]> <![CDATA[", texts[4], texts[7]].join(" "),
        author: texts[0].to_owned(),
        date: day()?,
        marks: vec![Mark::Draft, Mark::Copy, Mark::Internal],
        blocks,
        footer: vec![texts[1].to_owned(), url, word],
    })
}

/// A table over several pages, with headings inside and sums; and one of many columns.
fn long() -> Result<Paper, Failure> {
    let mut rows = Vec::new();
    for chapter in 1..=6 {
        rows.push(Row::Across(format!("Chapitre {chapter} – Subventions aux associations")));
        rows.extend((1..=30).map(|line| {
            Row::Cells(vec![format!("C{chapter:02}-{line:03}"), format!("Association n^{{o}} {line} du canton {chapter}"), format!("{line} 000,00")])
        }));
    }
    rows.push(Row::Total(cells(&["", "Total", "2 790 000,00"])));
    let tall = "Une cellule plus haute que la page. ".repeat(300);
    let wide = (1..=14).map(|at| column(&format!("Exercice {}", 2020 + at), true)).collect();
    Ok(Paper {
        title: "Répartition des subventions".to_owned(),
        author: "Département de l'Exemple".to_owned(),
        date: day()?,
        marks: vec![Mark::Draft],
        blocks: vec![
            block(Role::Title, Content::Heading(1, "Répartition des subventions".to_owned())),
            block(
                Role::Money,
                Content::Table(Table {
                    caption: "Subventions par chapitre".to_owned(),
                    caption_shown: true,
                    columns: vec![column("Code", false), column("Bénéficiaire", false), column("Montant €", true)],
                    rows,
                }),
            ),
            block(
                Role::Money,
                Content::Table(Table {
                    caption: "Une cellule très haute".to_owned(),
                    caption_shown: false,
                    columns: vec![column("Libellé", false), column("Texte", false)],
                    rows: vec![Row::Cells(vec!["Haute".to_owned(), tall])],
                }),
            ),
            block(
                Role::Money,
                Content::Table(Table {
                    caption: "Quatorze exercices".to_owned(),
                    caption_shown: true,
                    columns: wide,
                    rows: (0..5).map(|_| Row::Cells((0..14).map(|at| format!("{at}1 234 567,89")).collect())).collect(),
                }),
            ),
        ],
        footer: vec![DIGEST.to_owned()],
    })
}

/// Every role with every content.
fn every() -> Result<Paper, Failure> {
    let roles = [
        Role::Head,
        Role::Title,
        Role::Number,
        Role::Section,
        Role::Attendance,
        Role::Formula,
        Role::Decision,
        Role::Recital,
        Role::Recusal,
        Role::Article,
        Role::Money,
        Role::Vote,
        Role::Outcome,
        Role::Signature,
        Role::Annexes,
        Role::Notice,
        Role::Body,
    ];
    let contents = [
        Content::Heading(3, "Intitulé".to_owned()),
        Content::Text("Texte d'un 1^{er} bloc.".to_owned()),
        Content::Lines(cells(&["Une ligne", "Une autre"])),
        Content::Items(vec![
            item(Some("Article 1^{er} :"), "Premier.", vec![item(Some("a)"), "Détail.", Vec::new()), item(None, "Sans label.", Vec::new())]),
            item(Some("Article 2 :"), "", Vec::new()),
            item(Some("–"), "Tiret.", Vec::new()),
            item(None, "Rien devant.", Vec::new()),
        ]),
        Content::Table(Table {
            caption: "Montants".to_owned(),
            caption_shown: true,
            columns: vec![column("Libellé", false), column("Montant €", true)],
            rows: vec![Row::Across("Chapitre".to_owned()), Row::Cells(cells(&["Ligne", "1,00"])), Row::Total(cells(&["Total", "1,00"]))],
        }),
    ];
    let blocks = roles.iter().flat_map(|&role| contents.iter().map(move |content| block(role, content.clone()))).collect();
    Ok(Paper {
        title: "Tous les blocs".to_owned(),
        author: "Exemple".to_owned(),
        date: day()?,
        marks: vec![Mark::Internal],
        blocks,
        footer: Vec::new(),
    })
}

/// Nothing at all.
fn bare() -> Result<Paper, Failure> {
    Ok(Paper { title: String::new(), author: String::new(), date: day()?, marks: Vec::new(), blocks: Vec::new(), footer: Vec::new() })
}
