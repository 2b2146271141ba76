//! The catalogue of the open data of an authority: DCAT as the profile of the European Union wants it (DCAT-AP 2), in JSON-LD.

use chrono::NaiveDate;
use serde_json::{Value, json};

use crate::record::Authority;

/// Licence Ouverte 2.0, one of the two that French law allows (CRPA D323-2-1).
const LICENCE: &str = "https://spdx.org/licenses/etalab-2.0";
const EUROPA: &str = "http://publications.europa.eu/resource/authority";

/// A file of a dataset.
struct File {
    path: &'static str,
    title: &'static str,
    /// Name in the Union's table of file types.
    format: &'static str,
    media: &'static str,
    /// The schema that it follows.
    conforms_to: Option<&'static str>,
}

struct Dataset {
    id: &'static str,
    title: &'static str,
    description: &'static str,
    keywords: &'static [&'static str],
    files: &'static [File],
    /// Only in builds that have the format.
    columns: Option<File>,
}

const fn file(path: &'static str, title: &'static str, conforms_to: Option<&'static str>) -> File {
    let (format, media) = match path.as_bytes() {
        [.., b'c', b's', b'v'] => ("CSV", "text/csv"),
        [.., b'n', b'd', b'j', b's', b'o', b'n'] => ("JSON", "application/x-ndjson"),
        [.., b'p', b'a', b'r', b'q', b'u', b'e', b't'] => ("PARQUET", "application/vnd.apache.parquet"),
        _ => ("JSON", "application/json"),
    };
    File { path, title, format, media, conforms_to }
}

const DELIBERATIONS: &str = "https://schema.data.gouv.fr/scdl/deliberations/2.1.5";
const GRANTS: &str = "https://schema.data.gouv.fr/scdl/subventions/2.1.1";
const POPOLO: &str = "http://www.popoloproject.com/specs/";

const DATASETS: &[Dataset] = &[
    Dataset {
        id: "deliberations",
        title: "Délibérations",
        description: "Les actes publics de l'assemblée : un tableau au schéma SCDL, ce qui n'y figure pas et pourquoi, et les actes entiers.",
        keywords: &["délibérations", "SCDL", "votes"],
        files: &[
            file("scdl/deliberations.csv", "Délibérations (SCDL)", Some(DELIBERATIONS)),
            file("scdl/deliberations-withheld.csv", "Délibérations : ce qui n'est pas dans le tableau, et pourquoi", None),
            file("deliberations.ndjson", "Délibérations entières, une par ligne", None),
        ],
        columns: Some(file("deliberations.parquet", "Délibérations en colonnes", None)),
    },
    Dataset {
        id: "grants",
        title: "Subventions",
        description: "Les subventions accordées par des actes publics à des personnes morales, au schéma SCDL, et ce qui n'y figure pas et pourquoi.",
        keywords: &["subventions", "SCDL", "conventions"],
        files: &[
            file("scdl/subventions.csv", "Subventions (SCDL)", Some(GRANTS)),
            file("scdl/subventions-withheld.csv", "Subventions : ce qui n'est pas dans le tableau, et pourquoi", None),
        ],
        columns: None,
    },
    Dataset {
        id: "sittings",
        title: "Séances",
        description: "Les séances publiques : présences, pouvoirs, déports, scrutins.",
        keywords: &["séances", "présences", "scrutins"],
        files: &[file("sittings.ndjson", "Séances entières, une par ligne", None)],
        columns: None,
    },
    Dataset {
        id: "assembly",
        title: "Élus, instances et votes",
        description: "Les élus, les instances et les groupes, les mandats, ce qui est mis aux voix et les scrutins, dans les termes de Popolo.",
        keywords: &["élus", "groupes", "mandats", "scrutins", "Popolo"],
        files: &[
            file("popolo/persons.json", "Élus", Some(POPOLO)),
            file("popolo/organizations.json", "Collectivité, instances et groupes", Some(POPOLO)),
            file("popolo/memberships.json", "Mandats", Some(POPOLO)),
            file("popolo/motions.json", "Ce qui est mis aux voix", Some(POPOLO)),
            file("popolo/vote_events.json", "Scrutins", Some(POPOLO)),
        ],
        columns: None,
    },
];

/// What the names of the document mean.
fn context() -> Value {
    json!({
        "dcat": "http://www.w3.org/ns/dcat#",
        "dct": "http://purl.org/dc/terms/",
        "foaf": "http://xmlns.com/foaf/0.1/",
        "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
        "xsd": "http://www.w3.org/2001/XMLSchema#",
        "startDate": { "@id": "dcat:startDate", "@type": "xsd:date" },
        "endDate": { "@id": "dcat:endDate", "@type": "xsd:date" },
        "title": { "@id": "dct:title", "@language": "fr" },
        "description": { "@id": "dct:description", "@language": "fr" },
        "keyword": { "@id": "dcat:keyword", "@language": "fr" },
    })
}

/// The catalogue. `base`: the address of the open data, without a slash at its end. `days`: first and last day of the public acts. `columns`: whether
/// this build has files of columns.
pub fn catalogue(authority: &Authority, base: &str, days: Option<(NaiveDate, NaiveDate)>, columns: bool) -> Value {
    let here = format!("{base}/catalog.jsonld?authority={}", authority.siren);
    let publisher =
        json!({ "@id": format!("{here}#publisher"), "@type": "foaf:Agent", "foaf:name": { "@value": authority.name, "@language": "fr" } });
    let language = json!({ "@id": format!("{EUROPA}/language/FRA"), "@type": "dct:LinguisticSystem" });
    let licence = json!({
        "@id": LICENCE,
        "@type": "dct:LicenseDocument",
        "title": "Licence Ouverte / Open Licence 2.0",
    });
    let temporal = days.map(|(first, last)| json!({ "@type": "dct:PeriodOfTime", "startDate": first, "endDate": last }));
    let distribution = |of: &File| {
        let address = format!("{base}/{}?authority={}", of.path, authority.siren);
        let mut one = json!({
            "@id": format!("{here}#{}", of.path),
            "@type": "dcat:Distribution",
            "title": of.title,
            "dcat:accessURL": { "@id": address, "@type": "rdfs:Resource" },
            "dcat:downloadURL": { "@id": address },
            "dct:format": { "@id": format!("{EUROPA}/file-type/{}", of.format), "@type": "dct:MediaTypeOrExtent" },
            "dcat:mediaType": { "@id": format!("https://www.iana.org/assignments/media-types/{}", of.media), "@type": "dct:MediaType" },
            "dct:license": licence,
            "dct:language": language,
        });
        if let (Some(schema), Some(fields)) = (of.conforms_to, one.as_object_mut()) {
            fields.insert("dct:conformsTo".to_owned(), json!({ "@id": schema, "@type": "dct:Standard" }));
        }
        one
    };
    let dataset = |set: &Dataset| {
        let files = set.files.iter().chain(set.columns.iter().filter(|_| columns));
        let mut one = json!({
            "@id": format!("{here}#{}", set.id),
            "@type": "dcat:Dataset",
            "title": format!("{} - {}", set.title, authority.name),
            "description": set.description,
            "keyword": set.keywords,
            "dct:identifier": format!("{}-{}", authority.siren, set.id),
            "dct:publisher": publisher,
            "dct:language": language,
            "dct:accessRights": { "@id": format!("{EUROPA}/access-right/PUBLIC"), "@type": "dct:RightsStatement" },
            "dct:accrualPeriodicity": { "@id": format!("{EUROPA}/frequency/CONT"), "@type": "dct:Frequency" },
            "dcat:theme": { "@id": format!("{EUROPA}/data-theme/GOVE"), "@type": "http://www.w3.org/2004/02/skos/core#Concept" },
            "dcat:distribution": files.map(distribution).collect::<Vec<_>>(),
        });
        if let (Some(temporal), Some(fields)) = (&temporal, one.as_object_mut()) {
            fields.insert("dct:temporal".to_owned(), temporal.clone());
        }
        one
    };
    json!({
        "@context": context(),
        "@id": here,
        "@type": "dcat:Catalog",
        "title": format!("Registre des délibérations - {}", authority.name),
        "description": format!("Ce que décide une assemblée locale, et comment : {}.", authority.name),
        "dct:publisher": publisher,
        "dct:language": language,
        "dct:license": licence,
        "dcat:dataset": DATASETS.iter().map(dataset).collect::<Vec<_>>(),
    })
}
