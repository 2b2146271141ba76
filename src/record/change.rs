//! What the change feed says of a change: which kind of record, what became of it, which part of it.

use crate::vocabulary;

vocabulary! {
    /// What a change is about.
    ChangeKind {
        Deliberation = "deliberation", "délibération", "deliberation";
        Sitting = "sitting", "séance", "sitting";
        Authority = "authority", "collectivité", "authority";
        Body = "body", "instance", "body";
        Group = "group", "groupe d'élus", "group";
        Person = "person", "personne", "person";
        Mandate = "mandate", "mandat", "mandate";
        InterestDeclaration = "interest_declaration", "déclaration d'intérêts", "declaration of interest";
        SignatureDelegation = "signature_delegation", "délégation de signature", "delegation of signature";
        PowersDelegation = "powers_delegation", "délégation d'attributions", "delegation of powers";
        Number = "number", "numéro d'acte", "number of an act";
    }
}

vocabulary! {
    /// What became of a record, for the reader who is told: what ceases to be public is deleted to the public.
    ChangeAction {
        Created = "created", "créé", "created";
        Updated = "updated", "modifié", "updated";
        Deleted = "deleted", "supprimé", "deleted";
    }
}

vocabulary! {
    /// Which part of the answer changed: what a consumer decides by whether to read it again.
    ChangePart {
        Record = "record", "la fiche", "the record";
        Visibility = "visibility", "la visibilité", "the visibility";
        Workflow = "workflow", "l'étape", "the workflow";
        Seal = "seal", "le scellement", "the seal";
        Facts = "facts", "les suites de l'acte", "the facts on the act";
        Rectifications = "rectifications", "les rectifications", "the rectifications";
        Messages = "messages", "un courrier reçu, qui ne change rien à l'acte", "a letter that came, which changes nothing in the act";
        Files = "files", "les fichiers", "the files";
        Timeline = "timeline", "le déroulé de la séance", "the timeline of the sitting";
        Ballots = "ballots", "les scrutins", "the ballots";
        Sitting = "sitting", "ce que l'acte reprend de sa séance", "what the act prints of its sitting";
    }
}
