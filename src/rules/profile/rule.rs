//! The rules by name. A finding carries one of these names, so every finding has its rule in the legal profiles.

use crate::vocabulary;

vocabulary! {
    /// What the register looks at. The name is that of the rule in a finding.
    RuleId {
        QuorumItem = "quorum.item", "quorum à chaque point", "quorum at each item";
        QuorumRepresentatives = "quorum.representatives", "représentants désignés par la loi et quorum", "representatives designated by law and the quorum";
        QuorumSecondMeeting = "quorum.second_meeting", "seconde réunion", "second meeting";
        AttendanceCount = "attendance.count", "listes de présence : nombre annoncé et noms", "lists of attendance: number stated and names";
        AttendanceTwice = "attendance.twice", "listes de présence : nul n'y est deux fois", "lists of attendance: nobody is there twice";
        AttendanceOffice = "attendance.office", "nombre de membres en exercice", "number of members in office";
        AttendanceCourse = "attendance.course", "déroulement de la séance", "course of the sitting";
        ProxyNeeded = "proxy.needed", "pouvoirs nécessaires et mentionnés", "proxies needed and mentioned";
        ProxyValid = "proxy.valid", "validité des pouvoirs", "validity of proxies";
        BallotCeiling = "ballot.ceiling", "pas plus de voix que de votants", "no more votes than voters";
        BallotGroupSplit = "ballot.group_split", "groupe partagé : qui a voté autrement", "split group: who voted otherwise";
        BallotGroupExpansion = "ballot.group_expansion", "vote d'un groupe rapporté à ses membres", "vote of a group expanded to its members";
        BallotGroupSum = "ballot.group_sum", "somme des groupes et décompte", "sum of the groups and tally";
        BallotRollCall = "ballot.roll_call", "appel nominal et décompte", "roll call and tally";
        BallotMode = "ballot.mode", "mode de scrutin", "ballot mode";
        BallotPublicRequest = "ballot.public_request", "demande de scrutin public", "request for a public ballot";
        BallotSecret = "ballot.secret", "scrutin secret", "secret ballot";
        BallotRemote = "ballot.remote", "scrutin à distance", "ballot with members attending remotely";
        BallotEnBloc = "ballot.en_bloc", "vote en bloc", "vote en bloc";
        BallotFrozen = "ballot.frozen", "présence au moment du scrutin", "presence as the ballot was taken";
        BallotItemNotTaken = "ballot.item_not_taken", "point retiré ou ajourné", "item withdrawn or postponed";
        RecusalCounted = "recusal.counted", "membre déporté compté", "recused member counted";
        RecusalRefusal = "recusal.refusal", "refus de prendre part au vote, et vote", "refusal to take part, and vote";
        RecusalPossible = "recusal.possible", "membre déporté peut-être compté", "recused member possibly counted";
        VoteTwice = "vote.twice", "un votant, une voix", "one voter, one vote";
        VoteAbsent = "vote.absent", "vote d'un absent sans pouvoir", "vote of someone absent without a proxy";
        VoteOmitted = "vote.omitted", "appel nominal complet", "complete roll call";
        OutcomeTally = "outcome.tally", "majorité des suffrages exprimés", "majority of the votes cast";
        OutcomeCastingVote = "outcome.casting_vote", "voix prépondérante", "casting vote";
        OutcomeElection = "outcome.election", "élections", "elections";
        ActCompetence = "act.competence", "compétence de la commission permanente", "powers of the permanent commission";
        ActDatesMissing = "act.dates.missing", "dates de transmission et de publication", "dates of transmission and publication";
        ActDatesReport = "act.dates.report", "délai d'envoi des rapports", "time limit for the reports";
        ActDatesOpinion = "act.dates.opinion", "avis de commission avant la séance", "opinion of the committee before the sitting";
        ActDatesSignature = "act.dates.signature", "signature après la séance", "signature after the sitting";
        ActDatesTransmission = "act.dates.transmission", "transmission après la séance", "transmission after the sitting";
        ActSignature = "act.signature", "délégation de signature", "delegation of signature";
        ActIdentifier = "act.identifier", "numéro de l'acte pour @CTES", "number of the act for @CTES";
        EnforceableDate = "enforceable.date", "date à laquelle l'acte devient exécutoire", "date from which the act is enforceable";
        EnforceableProof = "enforceable.proof", "preuve de la transmission", "proof of transmission";
        EnforceableEnd = "enforceable.end", "suspension et fin de l'acte", "suspension and end of the act";
        EnforceableFacts = "enforceable.facts", "faits retenus", "facts that count";
        PublicationLength = "publication.length", "durée de la publication", "length of the publication";
        ReferralLimit = "referral.limit", "délai du déféré", "time limit for referral to the court";
        ReferralPieces = "referral.pieces", "demande de pièces et délai du déféré", "request for documents and the limit for referral";
        ReferralObservations = "referral.observations", "recours gracieux et délai du déféré", "letter of observations and the limit for referral";
        ReferralResumption = "referral.resumption", "reprise du délai du déféré", "resumption of the limit for referral";
        ReferralMonthEnd = "referral.month_end", "délai commencé en fin de mois", "limit that starts at the end of a month";
        ReferralWorkingDay = "referral.working_day", "dernier jour non ouvré", "last day that is no working day";
        MoneyBalance = "money.balance", "solde d'une ligne", "balance of a line";
        MoneyTotalTable = "money.total.table", "total d'un tableau", "total of a table";
        MoneyTotalGranted = "money.total.granted", "sommes attribuées et dépense", "amounts granted and expense";
        MoneyImputation = "money.imputation", "imputation dans l'acte et dans le rapport", "imputation in the act and in the report";
        MoneyIdentifier = "money.identifier", "SIREN ou SIRET d'un bénéficiaire", "SIREN or SIRET of a beneficiary";
    }
}

vocabulary! {
    /// Where a rule stands: in statute (or as judges read it), or left to the internal rules of the body, which may configure it.
    RuleLayer {
        Statute = "statute", "loi, règlement ou jurisprudence", "statute, regulation or case law";
        InternalRules = "internal_rules", "règlement intérieur", "internal rules";
    }
}
