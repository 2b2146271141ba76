// What fields are called, which have a closed vocabulary, and in which part of the record they stand.
import { parts } from "./pointers.js";

const KEYS = {
  address: "adresse", amount: "montant", appeal_notice: "voies de recours", articles: "articles cités", at: "instant (temps universel)", authority_title: "qualité de l’autorité", available: "disponible",
  balance: "solde", basis: "base", body: "instance", body_kind: "nature de l’instance", body_text: "texte du rapport", budget_entry: "imputation budgétaire",
  cells: "cellule", chapter: "chapitre", civility: "civilité", closing: "formule de fin", code: "code", columns: "colonne", commission: "commission", count: "nombre",
  count_text: "nombre imprimé", date: "jour", decision: "formule de décision", deliberation: "formule de délibération", department: "pôle", designation: "désignation",
  dossier_number: "numéro de dossier", end_date: "dernier jour", expense: "dépense", family_name: "nom de famille", formula: "formule", function: "fonction",
  given_name: "prénom", ground: "motif", group: "groupe", grouping: "regroupement", heading: "ligne imprimée", identifier: "identifiant", kind: "nature",
  label: "libellé", legal_form: "forme juridique", legal_grounds: "fondement", mark: "mention", members_in_office: "membres en exercice", mode: "mode de scrutin",
  name: "nom", number: "numéro", number_text: "numéro imprimé", object: "objet", office: "fonction", operation_code: "code opération", operation_label: "libellé opération",
  opinion: "avis", opinion_text: "avis imprimé", option: "sens", outcome: "sort", outcome_text: "sort imprimé", payment_credits: "crédits de paiement", place: "lieu",
  place_date_text: "lieu et date imprimés", printed: "nom imprimé", proposal: "proposition", proposals: "proposition", position: "rang", posted: "publié", received: "reçu",
  role: "rôle", sent: "envoyé", separator: "filet", service: "service", siren: "SIREN", siret: "SIRET", stated_count: "nombre annoncé", status: "présence",
  sitting: "ligne de la séance", sitting_text: "ligne de la séance", text: "texte", title: "intitulé", took_part_in_debate: "a pris part au débat",
  took_part_in_vote: "a pris part au vote", total: "total", value: "valeur", voters: "votants", votes: "voix", votes_cast: "suffrages exprimés",
  voting_right: "droit de vote", left_the_room: "a quitté la salle", majority_needed: "majorité requise", authority: "collectivité", article_headings: "titre d’article", meeting_date: "jour de la réunion",
};

const THINGS = {
  agreements: "convention", annexes: "annexe", annexes_cited: "annexe citée", articles: "article", attendance: "liste", ballots: "scrutin", beneficiaries: "bénéficiaire",
  budget_tables: "tableau", candidates: "candidat", chairs: "présidence", children: "alinéa", elected: "élu", entries: "nom", exceptions: "exception", giver: "mandant",
  holder: "mandataire", lines: "ligne", numbers: "numéro", opinions: "avis", options: "décompte", parties: "partie", parts: "partie de séance", policies: "politique",
  proxies: "pouvoir", recitals: "visa", recusals: "déport", reference: "référence", report: "rapport", represented_by: "représentant", roll_call: "vote nominal",
  rounds: "tour", secretaries: "secrétariat", signatory: "signataire", signatures: "signature", stamps: "cachet", substitute_for: "remplacé", timeline: "événement",
  formulas: "formule", headings: "en-tête", authority: "collectivité", election: "élection", unanimity: "unanimité", target: "objet du vote", starts: "début", ends: "fin",
};

const capital = (text) => text.charAt(0).toUpperCase() + text.slice(1);

/** "Visa 4", "Scrutin 1, décompte 2, nombre". */
export const label = (pointer) => {
  const words = [];
  const [record, ...path] = parts(pointer);
  if (record === "authority") words.push("collectivité");
  path.forEach((part, place) => {
    const before = path[place - 1];
    const last = place === path.length - 1;
    if (/^\d+$/.test(part)) {
      const thing = THINGS[before] ?? KEYS[before] ?? before;
      words.push(`${thing} ${Number(part) + 1}`);
    } else if (/^\d+$/.test(path[place + 1] ?? "")) {
      // Its number names it.
    } else if (["person", "formulas", "headings"].includes(part) || (part === "value" && before !== undefined && path[place - 2] === "numbers") || (part === "text" && last && /^\d+$/.test(before) && ["recitals", "children"].includes(path[place - 2]))) {
      // The whole of what is named already.
    } else {
      words.push((last ? KEYS[part] : THINGS[part] ?? KEYS[part]) ?? part.replaceAll("_", " "));
    }
  });
  return capital(words.join(", "));
};

const VOCABULARIES = [
  [/^\/act\/kind$/, "ActKind"],
  [/^\/authority\/kind$/, "AuthorityKind"],
  [/\/body_kind$/, "BodyKind"],
  [/\/outcome$/, "Outcome"],
  [/^\/act\/numbers\/\d+\/kind$/, "NumberKind"],
  [/^\/sitting\/attendance\/\d+\/status$/, "AttendanceStatus"],
  [/\/voting_right$/, "VotingRight"],
  [/\/option$/, "BallotOption"],
  [/^\/sitting\/ballots\/\d+\/mode$/, "BallotMode"],
  [/^\/sitting\/ballots\/\d+\/kind$/, "BallotKind"],
  [/^\/sitting\/recusals\/\d+\/kind$/, "RecusalKind"],
  [/\/target\/kind$/, "TargetKind"],
  [/\/timeline\/\d+\/kind$/, "EventKind"],
];

/** The vocabulary of a field, by name; none: free text. */
export const vocabulary = (pointer) => VOCABULARIES.find(([form]) => form.test(pointer))?.[1];

/** Fields that are there even where nothing was read. */
const ALWAYS = [
  /^\/sitting\/date$/, /^\/act\/(title|kind|outcome)$/, /^\/act\/numbers\/\d+\/(kind|value)$/, /^\/sitting\/attendance\/\d+\/(status|voting_right)$/,
  /^\/sitting\/ballots\/\d+\/outcome$/, /^\/sitting\/ballots\/\d+\/options\/\d+\/(count|option)$/, /^\/act\/articles\/\d+\/text$/,
];

export const always = (pointer) => ALWAYS.some((form) => form.test(pointer));

/** Parts of what another field says whole: shown on demand. */
export const isDetail = (pointer) =>
  /\/(civility|given_name|family_name|separator|at)$|\/reference\/|\/lines\/\d+\/(?!cells)|\/columns\/\d+$|\/headings\/|\/person\/office$|^\/sitting\/(chairs|secretaries)\/\d+\/person\//.test(pointer);

/** The parts of a record, as the clerk goes through them. */
export const SECTIONS = [
  { title: "Séance", holds: /^\/(authority|sitting\/(?!attendance|proxies|timeline|recusals|ballots|agenda))/ },
  { title: "Acte", holds: /^\/act\/(kind|numbers|title|headings|formulas|outcome|matter)/ },
  { title: "Présences et pouvoirs", holds: /^\/sitting\/(attendance|proxies|timeline)/, adds: "name" },
  { title: "Visas et considérants", holds: /^\/act\/recitals/, hint: "Un visa dont le texte est vidé est retiré.", adds: "recital" },
  { title: "Déports", holds: /^\/sitting\/recusals/ },
  { title: "Articles", holds: /^\/act\/articles/, hint: "Un article dont le texte est vidé est retiré.", adds: "article" },
  { title: "Tableaux et bénéficiaires", holds: /^\/act\/(budget_tables|beneficiaries)/ },
  { title: "Vote", holds: /^\/sitting\/ballots/ },
  { title: "Signatures et cachets", holds: /^\/act\/(signatures|stamps|appeal_notice)/ },
  { title: "Rapport, convention, annexes", holds: /^\/act\/(report|agreements|annexes|annexes_cited)/, closed: true },
];
