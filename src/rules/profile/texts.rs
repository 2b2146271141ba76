//! The texts. Each topic lists the rules that rest on it, then what holds for which bodies and when; the first that holds is the one.

use chrono::NaiveDate;

use super::RuleId as Rule;
use crate::record::{BodyKind, Certainty, Label};
use BodyKind::{
    Committee, CorsicanAssembly as Corsica, DepartmentalCouncil as Department, DepartmentalPermanentCommission as DepartmentCommission,
    IntercommunalCouncil as Intercommunal, LyonMetropolisCouncil as Lyon, MunicipalCouncil as Municipal, Other, RegionalCouncil as Region,
    RegionalPermanentCommission as RegionCommission,
};
use Certainty::{InternalRules, Partial, Unverified, Verified, Verified2015};

pub const ALL: &[BodyKind] = &[Department, DepartmentCommission, Region, RegionCommission, Municipal, Intercommunal, Corsica, Lyon, Committee, Other];

/// Values that the code reads.
pub const PRESENT_OR_REPRESENTED: &str = "present_or_represented";
pub const PRESENT: &str = "present";
pub const LEAVE: &str = "leave";
pub const STAY: &str = "stay";
pub const UNSETTLED: &str = "unsettled";

pub struct Topic {
    pub rules: &'static [Rule],
    pub texts: &'static [Text],
}

pub struct Text {
    pub bodies: &'static [BodyKind],
    pub certainty: Certainty,
    pub articles: &'static [&'static str],
    pub says: Label,
    pub from: Option<NaiveDate>,
    pub to: Option<NaiveDate>,
    pub value: Option<&'static str>,
}

const fn text(bodies: &'static [BodyKind], certainty: Certainty, articles: &'static [&'static str], fr: &'static str, en: &'static str) -> Text {
    Text { bodies, certainty, articles, says: Label { fr, en }, from: None, to: None, value: None }
}

impl Text {
    const fn from(self, year: i32, month: u32, day: u32) -> Self {
        Self { from: NaiveDate::from_ymd_opt(year, month, day), ..self }
    }

    /// The last day.
    const fn to(self, year: i32, month: u32, day: u32) -> Self {
        Self { to: NaiveDate::from_ymd_opt(year, month, day), ..self }
    }

    const fn value(self, value: &'static str) -> Self {
        Self { value: Some(value), ..self }
    }
}

const INTERNAL_RULES: &str = "règlement intérieur";

pub const TOPICS: &[Topic] = &[
    Topic { rules: &[Rule::QuorumItem], texts: QUORUM },
    Topic { rules: &[Rule::QuorumRepresentatives], texts: REPRESENTATIVES },
    Topic { rules: &[Rule::QuorumSecondMeeting], texts: SECOND_MEETING },
    Topic { rules: &[Rule::ProxyValid, Rule::ProxyNeeded], texts: PROXY },
    Topic { rules: &[Rule::OutcomeTally, Rule::BallotCeiling], texts: MAJORITY },
    Topic { rules: &[Rule::OutcomeCastingVote], texts: CASTING_VOTE },
    Topic { rules: &[Rule::OutcomeElection], texts: ELECTION },
    Topic { rules: &[Rule::BallotMode, Rule::BallotPublicRequest], texts: MODE },
    Topic { rules: &[Rule::BallotSecret], texts: SECRET },
    Topic { rules: &[Rule::BallotRemote], texts: REMOTE },
    Topic { rules: &[Rule::BallotEnBloc], texts: EN_BLOC },
    Topic { rules: &[Rule::BallotGroupSplit, Rule::BallotGroupExpansion], texts: GROUP_VOTE },
    Topic {
        rules: &[Rule::BallotGroupSum, Rule::BallotRollCall, Rule::RecusalRefusal, Rule::VoteTwice, Rule::VoteAbsent, Rule::VoteOmitted],
        texts: SINCERITY,
    },
    Topic { rules: &[Rule::BallotItemNotTaken], texts: CONSISTENCY },
    Topic {
        rules: &[Rule::AttendanceCount, Rule::AttendanceTwice, Rule::AttendanceOffice, Rule::AttendanceCourse, Rule::BallotFrozen],
        texts: MINUTES,
    },
    Topic { rules: &[Rule::RecusalCounted, Rule::RecusalPossible], texts: INTEREST },
    Topic { rules: &[Rule::ActCompetence], texts: DELEGATED_POWERS },
    Topic { rules: &[Rule::ActDatesMissing, Rule::EnforceableDate], texts: ENFORCEABLE },
    Topic { rules: &[Rule::EnforceableProof], texts: PROOF },
    Topic { rules: &[Rule::EnforceableEnd], texts: END },
    Topic { rules: &[Rule::EnforceableFacts], texts: FACTS },
    Topic { rules: &[Rule::PublicationLength], texts: PUBLICITY },
    Topic { rules: &[Rule::ReferralLimit], texts: REFERRAL },
    Topic { rules: &[Rule::ReferralPieces], texts: PIECES },
    Topic { rules: &[Rule::ReferralObservations], texts: OBSERVATIONS },
    Topic { rules: &[Rule::ReferralResumption], texts: RESUMPTION },
    Topic { rules: &[Rule::ReferralMonthEnd], texts: MONTH_END },
    Topic { rules: &[Rule::ReferralWorkingDay], texts: WORKING_DAY },
    Topic { rules: &[Rule::ActDatesReport], texts: REPORTS },
    Topic { rules: &[Rule::ActDatesOpinion, Rule::ActDatesSignature, Rule::ActDatesTransmission], texts: PROCEDURE },
    Topic { rules: &[Rule::ActSignature], texts: SIGNATURE },
    Topic { rules: &[Rule::ActIdentifier], texts: IDENTIFIER },
    Topic { rules: &[Rule::MoneyBalance, Rule::MoneyTotalTable, Rule::MoneyTotalGranted, Rule::MoneyImputation], texts: BUDGET },
    Topic { rules: &[Rule::MoneyIdentifier], texts: BENEFICIARY },
];

const QUORUM_PRESENT: (&str, &str) =
    ("la majorité absolue des membres en exercice est présente", "the absolute majority of the members in office is present");
const QUORUM_REPRESENTED: (&str, &str) = (
    "la majorité absolue des membres en exercice est présente ou représentée",
    "the absolute majority of the members in office is present or represented",
);

/// More than half of the members in office. Bodies that are not here have no text known to the register.
const QUORUM: &[Text] = &[
    text(&[Department], Verified2015, &["CGCT L3121-14"], QUORUM_PRESENT.0, QUORUM_PRESENT.1).value(PRESENT),
    text(&[DepartmentCommission], Verified2015, &["CGCT L3121-14-1"], QUORUM_REPRESENTED.0, QUORUM_REPRESENTED.1).value(PRESENT_OR_REPRESENTED),
    text(&[Region], Unverified, &["CGCT L4132-13"], QUORUM_PRESENT.0, QUORUM_PRESENT.1).value(PRESENT),
    text(&[RegionCommission], Unverified, &["CGCT L4132-13-1"], QUORUM_REPRESENTED.0, QUORUM_REPRESENTED.1).value(PRESENT_OR_REPRESENTED),
    text(&[Municipal], Unverified, &["CGCT L2121-17"], QUORUM_PRESENT.0, QUORUM_PRESENT.1).value(PRESENT),
    text(&[Intercommunal], Unverified, &["CGCT L5211-1", "CGCT L2121-17"], QUORUM_PRESENT.0, QUORUM_PRESENT.1).value(PRESENT),
    text(&[Corsica], Verified2015, &["CGCT L4422-7"], QUORUM_REPRESENTED.0, QUORUM_REPRESENTED.1).value(PRESENT_OR_REPRESENTED),
];

const LEAVE_OFFICE: (&str, &str) = (
    "les représentants désignés par la loi qui ne prennent pas part à la décision (L1111-6, II) ne comptent pas parmi les membres en exercice pour le quorum",
    "representatives designated by law who take no part in the decision (L1111-6, II) do not count among the members in office for the quorum",
);

/// Before these dates, and elsewhere, they stay. The end of L3132-5 was not read: it is inferred from L2131-11.
const REPRESENTATIVES: &[Text] = &[
    text(&[Municipal], Verified, &["CGCT L2131-11"], LEAVE_OFFICE.0, LEAVE_OFFICE.1).from(2022, 2, 23).value(LEAVE),
    text(&[Intercommunal], Unverified, &["CGCT L5211-1", "CGCT L2131-11"], LEAVE_OFFICE.0, LEAVE_OFFICE.1).from(2022, 2, 23).value(LEAVE),
    text(&[Department], Partial, &["CGCT L3132-5"], LEAVE_OFFICE.0, LEAVE_OFFICE.1).from(2025, 12, 24).value(LEAVE),
    text(&[Region], Partial, &["CGCT L4142-5"], LEAVE_OFFICE.0, LEAVE_OFFICE.1).from(2025, 12, 24).value(LEAVE),
    text(
        &[DepartmentCommission],
        Unverified,
        &["CGCT L3132-5"],
        "que le texte sur le conseil vaille pour sa commission permanente n'est pas tranché : les deux lectures sont données",
        "whether the text on the council holds for its permanent commission is not settled: both readings are given",
    )
    .from(2025, 12, 24)
    .value(UNSETTLED),
    text(
        &[RegionCommission],
        Unverified,
        &["CGCT L4142-5"],
        "que le texte sur le conseil vaille pour sa commission permanente n'est pas tranché : les deux lectures sont données",
        "whether the text on the council holds for its permanent commission is not settled: both readings are given",
    )
    .from(2025, 12, 24)
    .value(UNSETTLED),
];

const THREE_DAYS: (&str, &str) = (
    "faute de quorum, la réunion se tient de plein droit trois jours plus tard, quel que soit le nombre des présents",
    "without a quorum the meeting is held as of right three days later, whatever the number present",
);
const NEW_CONVENING: (&str, &str) = (
    "faute de quorum, nouvelle convocation à trois jours au moins d'intervalle, sans condition de quorum",
    "without a quorum, a new convening at least three days later, without a quorum",
);

const SECOND_MEETING: &[Text] = &[
    text(&[Department], Verified2015, &["CGCT L3121-14"], THREE_DAYS.0, THREE_DAYS.1).value("3 days"),
    text(&[DepartmentCommission], Verified2015, &["CGCT L3121-14-1", "CGCT L3121-14"], THREE_DAYS.0, THREE_DAYS.1).value("3 days"),
    text(&[Region], Unverified, &["CGCT L4132-13"], THREE_DAYS.0, THREE_DAYS.1).value("3 days"),
    text(&[RegionCommission], Unverified, &["CGCT L4132-13-1"], THREE_DAYS.0, THREE_DAYS.1).value("3 days"),
    text(&[Municipal], Unverified, &["CGCT L2121-17"], NEW_CONVENING.0, NEW_CONVENING.1).value("3 days"),
    text(&[Intercommunal], Unverified, &["CGCT L5211-1", "CGCT L2121-17"], NEW_CONVENING.0, NEW_CONVENING.1).value("3 days"),
    text(
        &[Corsica],
        Verified2015,
        &["CGCT L4422-7"],
        "faute de quorum, la réunion se tient le troisième jour suivant",
        "without a quorum the meeting is held on the third day after",
    )
    .value("3 days"),
];

const ONE_PROXY: (&str, &str) = (
    "un membre empêché peut donner délégation de vote pour la réunion à un autre membre ; nul ne peut en recevoir plus d'une",
    "a member who cannot attend may give a proxy for the meeting to another member; nobody may hold more than one",
);
const ONE_PROXY_DEFAULT: (&str, &str) = (
    "le règlement intérieur fixe les délégations de vote ; à défaut de configuration, comme au conseil : une par porteur",
    "the internal rules govern proxies; unless configured, as in the council: one to a holder",
);
const ONE_PROXY_WRITTEN: (&str, &str) = (
    "pouvoir écrit, révocable ; un seul par porteur, pour trois séances consécutives au plus, sauf maladie",
    "written and revocable; one to a holder, for three sittings in a row at most, illness excepted",
);

/// In a permanent commission proxies are for the internal rules, which default to the text on the council.
const PROXY: &[Text] = &[
    text(&[Department], Verified2015, &["CGCT L3121-16"], ONE_PROXY.0, ONE_PROXY.1).value("1"),
    text(&[DepartmentCommission], InternalRules, &[INTERNAL_RULES, "CGCT L3121-16"], ONE_PROXY_DEFAULT.0, ONE_PROXY_DEFAULT.1).value("1"),
    text(&[Region], Verified2015, &["CGCT L4132-15"], ONE_PROXY.0, ONE_PROXY.1).value("1"),
    text(&[RegionCommission], InternalRules, &[INTERNAL_RULES, "CGCT L4132-15"], ONE_PROXY_DEFAULT.0, ONE_PROXY_DEFAULT.1).value("1"),
    text(&[Municipal], Verified2015, &["CGCT L2121-20"], ONE_PROXY_WRITTEN.0, ONE_PROXY_WRITTEN.1).value("1"),
    text(&[Intercommunal], Unverified, &["CGCT L5211-1", "CGCT L2121-20"], ONE_PROXY_WRITTEN.0, ONE_PROXY_WRITTEN.1).value("1"),
    text(&[Corsica], Verified2015, &["CGCT L4422-7"], "une seule délégation de vote par porteur", "one proxy to a holder").value("1"),
    text(
        &[Lyon, Committee, Other],
        InternalRules,
        &[INTERNAL_RULES],
        "le règlement intérieur fixe les délégations de vote",
        "the internal rules govern proxies",
    )
    .value("1"),
];

const OF_VOTES_CAST: (&str, &str) = (
    "majorité des suffrages exprimés : abstentions, blancs, nuls et refus de vote n'en sont pas",
    "majority of the votes cast: abstentions, blank and void papers and refusals to vote are none",
);
const ABSOLUTE_OF_VOTES_CAST: (&str, &str) = ("majorité absolue des suffrages exprimés", "absolute majority of the votes cast");

const MAJORITY: &[Text] = &[
    text(&[Department], Verified2015, &["CGCT L3121-14"], OF_VOTES_CAST.0, OF_VOTES_CAST.1),
    text(&[DepartmentCommission], Verified2015, &["CGCT L3121-14-1", "CGCT L3121-14"], OF_VOTES_CAST.0, OF_VOTES_CAST.1),
    text(&[Municipal], Unverified, &["CGCT L2121-20"], ABSOLUTE_OF_VOTES_CAST.0, ABSOLUTE_OF_VOTES_CAST.1),
    text(&[Intercommunal], Unverified, &["CGCT L5211-1", "CGCT L2121-20"], ABSOLUTE_OF_VOTES_CAST.0, ABSOLUTE_OF_VOTES_CAST.1),
    text(
        &[Region, RegionCommission, Corsica, Lyon, Committee, Other],
        Unverified,
        &["CE, 29 juillet 2002, n° 210587"],
        OF_VOTES_CAST.0,
        OF_VOTES_CAST.1,
    ),
];

const PRESIDENT_CASTS: (&str, &str) = ("en cas de partage, la voix du président est prépondérante", "on a tie the president's vote decides");
const PRESIDENT_CASTS_DEFAULT: (&str, &str) = (
    "le règlement intérieur règle le partage ; à défaut de configuration, comme au conseil : la voix du président est prépondérante",
    "the internal rules settle a tie; unless configured, as in the council: the president's vote decides",
);
const PRESIDENT_CASTS_NOT_SECRET: (&str, &str) = (
    "en cas de partage, sauf au scrutin secret, la voix du président est prépondérante",
    "on a tie, but in a secret ballot, the president's vote decides",
);

const CASTING_VOTE: &[Text] = &[
    text(&[Department], Verified2015, &["CGCT L3121-15"], PRESIDENT_CASTS.0, PRESIDENT_CASTS.1),
    text(&[DepartmentCommission], InternalRules, &[INTERNAL_RULES, "CGCT L3121-15"], PRESIDENT_CASTS_DEFAULT.0, PRESIDENT_CASTS_DEFAULT.1),
    text(&[Region], Unverified, &["CGCT L4132-14"], PRESIDENT_CASTS.0, PRESIDENT_CASTS.1),
    text(&[RegionCommission], InternalRules, &[INTERNAL_RULES, "CGCT L4132-14"], PRESIDENT_CASTS_DEFAULT.0, PRESIDENT_CASTS_DEFAULT.1),
    text(&[Municipal], Unverified, &["CGCT L2121-20"], PRESIDENT_CASTS_NOT_SECRET.0, PRESIDENT_CASTS_NOT_SECRET.1),
    text(&[Intercommunal], Unverified, &["CGCT L5211-1", "CGCT L2121-20"], PRESIDENT_CASTS_NOT_SECRET.0, PRESIDENT_CASTS_NOT_SECRET.1),
    text(
        &[Corsica, Lyon, Committee, Other],
        InternalRules,
        &[INTERNAL_RULES],
        "le règlement intérieur règle le partage",
        "the internal rules settle a tie",
    ),
];

/// The page on the law has these from memory or in part only.
const ELECTION: &[Text] = &[
    text(
        &[Department],
        Unverified,
        &["CGCT L3122-1", "CGCT L3122-5"],
        "président : majorité absolue des membres aux deux premiers tours, relative au troisième, le plus âgé à égalité ; commission permanente : plus forte moyenne",
        "president: absolute majority of the members in the first two rounds, relative in the third, the eldest on a tie; permanent commission: highest average",
    ),
    text(
        &[DepartmentCommission, Region, RegionCommission, Municipal, Intercommunal, Corsica, Lyon, Committee, Other],
        Unverified,
        &[],
        "majorité absolue des suffrages exprimés aux deux premiers tours, relative au troisième ; les sièges à la proportionnelle selon la méthode mentionnée",
        "absolute majority of the votes cast in the first two rounds, relative in the third; seats in proportion by the method stated",
    ),
];

const PUBLIC_SIXTH: (&str, &str) =
    ("scrutin public dès que le sixième des membres présents le demande", "public ballot whenever a sixth of the members present ask for it");
const PUBLIC_SIXTH_DEFAULT: (&str, &str) = (
    "le règlement intérieur fixe les modes de scrutin ; à défaut de configuration, comme au conseil : scrutin public à la demande du sixième des présents",
    "the internal rules set the ballot modes; unless configured, as in the council: public ballot if a sixth of those present ask",
);

const MODE: &[Text] = &[
    text(&[Department], Verified2015, &["CGCT L3121-15"], PUBLIC_SIXTH.0, PUBLIC_SIXTH.1).value("1/6"),
    text(&[DepartmentCommission], InternalRules, &[INTERNAL_RULES, "CGCT L3121-15"], PUBLIC_SIXTH_DEFAULT.0, PUBLIC_SIXTH_DEFAULT.1).value("1/6"),
    text(&[Region], Unverified, &["CGCT L4132-14"], PUBLIC_SIXTH.0, PUBLIC_SIXTH.1).value("1/6"),
    text(&[RegionCommission], InternalRules, &[INTERNAL_RULES, "CGCT L4132-14"], PUBLIC_SIXTH_DEFAULT.0, PUBLIC_SIXTH_DEFAULT.1).value("1/6"),
    text(
        &[Municipal],
        Unverified,
        &["CGCT L2121-21"],
        "scrutin public à la demande du quart des membres présents",
        "public ballot if a quarter of the members present ask for it",
    )
    .value("1/4"),
    text(&[Lyon], Verified, &["CGCT L3631-7"], PUBLIC_SIXTH.0, PUBLIC_SIXTH.1).value("1/6"),
    text(
        &[Intercommunal, Corsica, Committee, Other],
        InternalRules,
        &[INTERNAL_RULES],
        "le règlement intérieur fixe les modes de scrutin",
        "the internal rules set the ballot modes",
    ),
];

const SECRET: &[Text] = &[
    text(
        &[Department],
        Verified2015,
        &["CGCT L3121-15"],
        "les nominations, quand la loi ou le règlement le prévoit expressément ; sinon le conseil peut y renoncer à l'unanimité",
        "appointments, where statute or regulation expressly says so; otherwise the council may waive it unanimously",
    ),
    text(
        &[DepartmentCommission, RegionCommission, Corsica, Committee, Other],
        InternalRules,
        &[INTERNAL_RULES],
        "le règlement intérieur en décide",
        "the internal rules decide",
    ),
    text(&[Region], Unverified, &["CGCT L4132-14"], "comme au conseil départemental", "as in a departmental council"),
    text(
        &[Municipal, Intercommunal],
        Unverified,
        &["CGCT L2121-21"],
        "à la demande du tiers des présents, ou pour une nomination, sauf renonciation unanime",
        "if a third of those present ask, or for an appointment unless waived unanimously",
    )
    .value("1/3"),
    text(&[Lyon], Verified, &["CGCT L3631-7"], "à la demande du tiers des membres présents", "if a third of the members present ask for it")
        .value("1/3"),
];

const REMOTE: &[Text] = &[text(
    &[Department, DepartmentCommission],
    Partial,
    &["CGCT L3121-9-1"],
    "en visioconférence, le vote n'a lieu qu'au scrutin public",
    "with members attending remotely, the vote is by public ballot only",
)
.from(2022, 8, 1)
.value("public")];

const TOGETHER: (&str, &str) = (
    "plusieurs points peuvent être votés ensemble si aucun membre ne demande un vote séparé",
    "several items may be voted on together if no member asks for a separate vote",
);

/// Decided for municipalities; the ministry says the same of departments (QE 2819).
const EN_BLOC: &[Text] = &[
    text(
        &[Municipal, Department, DepartmentCommission],
        Verified,
        &["CE, 28 mai 1997, Ville de Carcassonne, n° 157063", "CE, 5 juillet 2021, Messimy-sur-Saône, n° 433537"],
        TOGETHER.0,
        TOGETHER.1,
    ),
    text(
        &[Region, RegionCommission, Intercommunal, Corsica, Lyon, Committee, Other],
        Unverified,
        &["CE, 5 juillet 2021, Messimy-sur-Saône, n° 433537"],
        TOGETHER.0,
        TOGETHER.1,
    ),
];

/// Votes by group, which only the internal rules provide for.
const GROUP_VOTE: &[Text] = &[text(
    ALL,
    InternalRules,
    &[INTERNAL_RULES, "Rép. min. n° 06349, JO Sénat, 22 juin 2023"],
    "vote par groupe si le règlement intérieur le prévoit et si qui vote autrement peut le dire ; jamais à distance (QE 25910)",
    "votes by group if the internal rules provide for it and dissenters can state their vote; never remotely (QE 25910)",
)];

/// It follows from no article: a tally that contradicts itself proves nothing.
const SINCERITY: &[Text] = &[text(
    ALL,
    Unverified,
    &["sincérité du scrutin"],
    "les décomptes d'un scrutin s'accordent entre eux et avec les votants",
    "the counts of a ballot agree with each other and with its voters",
)];

const CONSISTENCY: &[Text] =
    &[text(ALL, Unverified, &[], "un point retiré ou ajourné n'est pas mis aux voix", "an item withdrawn or postponed is not put to the vote")];

const NAMES: (&str, &str) = (
    "le procès-verbal contient les noms des membres présents ou représentés et le quorum",
    "the minutes hold the names of the members present or represented, and the quorum",
);

const MINUTES: &[Text] = &[
    text(&[Department], Unverified, &["CGCT L3121-13"], NAMES.0, NAMES.1).to(2022, 6, 30),
    text(&[Department], Verified, &["CGCT L3121-13"], NAMES.0, NAMES.1).from(2022, 7, 1),
    text(&[DepartmentCommission], InternalRules, &[INTERNAL_RULES, "CGCT L3121-13"], NAMES.0, NAMES.1),
    text(&[Region], Unverified, &["CGCT L4132-12"], NAMES.0, NAMES.1),
    text(&[Municipal], Unverified, &["CGCT L2121-15"], NAMES.0, NAMES.1),
    text(&[RegionCommission, Intercommunal, Corsica, Lyon, Committee, Other], InternalRules, &[INTERNAL_RULES], NAMES.0, NAMES.1),
];

const NO_PART: (&str, &str) = (
    "est illégale la délibération à laquelle a pris part un membre intéressé ; sa seule présence n'est pas y prendre part",
    "a deliberation in which an interested member took part is unlawful; merely being there is not taking part",
);
const JUDGE: (&str, &str) = (
    "le juge annule la délibération à laquelle a pris part, avec influence sur le vote, un membre intéressé",
    "the judge quashes a deliberation in which an interested member took part and weighed on the vote",
);

/// Before 24 December 2025 no article said so for a department or a region: the judge did.
const INTEREST: &[Text] = &[
    text(&[Department, DepartmentCommission, Region, RegionCommission], Verified, &["CE, 6 juin 1997, SERTIM"], JUDGE.0, JUDGE.1).to(2025, 12, 23),
    text(&[Department], Partial, &["CGCT L3132-5"], NO_PART.0, NO_PART.1).from(2025, 12, 24),
    text(&[Region], Partial, &["CGCT L4142-5"], NO_PART.0, NO_PART.1).from(2025, 12, 24),
    // The article speaks of the council; whether it holds for its permanent commission is not settled. The judge's rule goes on.
    text(&[DepartmentCommission], Unverified, &["CE, 6 juin 1997, SERTIM", "CGCT L3132-5"], JUDGE.0, JUDGE.1).from(2025, 12, 24),
    text(&[RegionCommission], Unverified, &["CE, 6 juin 1997, SERTIM", "CGCT L4142-5"], JUDGE.0, JUDGE.1).from(2025, 12, 24),
    text(&[Municipal], Partial, &["CGCT L2131-11"], JUDGE.0, JUDGE.1),
    text(&[Intercommunal], Unverified, &["CGCT L5211-1", "CGCT L2131-11"], JUDGE.0, JUDGE.1),
    text(&[Corsica, Lyon, Committee, Other], Unverified, &["CE, 6 juin 1997, SERTIM"], JUDGE.0, JUDGE.1),
];

/// Other bodies need no delegation.
const DELEGATED_POWERS: &[Text] = &[
    text(
        &[DepartmentCommission],
        Verified,
        &["CGCT L3211-2", "CE, 2 mars 2010, RFF, n° 325255"],
        "le conseil délègue une partie de ses attributions, sauf le budget et les comptes",
        "the council delegates some of its powers, but for the budget and the accounts",
    ),
    text(&[RegionCommission], Unverified, &[], "le conseil délègue une partie de ses attributions", "the council delegates some of its powers"),
];

const KNOWN_AND_SENT: (&str, &str) = (
    "l'acte est exécutoire une fois porté à la connaissance des intéressés et, s'il y est soumis, transmis au préfet",
    "the act is enforceable once brought to the knowledge of those concerned and, if subject to it, transmitted to the prefect",
);

const ENFORCEABLE: &[Text] = &[
    text(&[Department, DepartmentCommission], Unverified, &["CGCT L3131-1"], KNOWN_AND_SENT.0, KNOWN_AND_SENT.1).to(2022, 6, 30),
    text(&[Department, DepartmentCommission], Verified, &["CGCT L3131-1", "CGCT R3131-2"], KNOWN_AND_SENT.0, KNOWN_AND_SENT.1).from(2022, 7, 1),
    text(&[Region, RegionCommission], Unverified, &["CGCT L4141-1"], KNOWN_AND_SENT.0, KNOWN_AND_SENT.1),
    text(&[Municipal], Unverified, &["CGCT L2131-1"], KNOWN_AND_SENT.0, KNOWN_AND_SENT.1),
    text(&[Intercommunal], Unverified, &["CGCT L5211-3", "CGCT L2131-1"], KNOWN_AND_SENT.0, KNOWN_AND_SENT.1),
    text(&[Corsica, Lyon, Committee, Other], Unverified, &[], KNOWN_AND_SENT.0, KNOWN_AND_SENT.1),
];

const ALL_BUT_DEPARTMENT: &[BodyKind] = &[Region, RegionCommission, Municipal, Intercommunal, Corsica, Lyon, Committee, Other];

const BY_ANY_MEANS: (&str, &str) = (
    "la transmission se prouve par tout moyen ; l'accusé de réception la prouve et n'est pas une condition",
    "transmission is proved by any means; the receipt proves it and is not a condition",
);

/// Read as it stood before 2022; where it now stands was not seen.
const PROOF: &[Text] = &[
    text(&[Department, DepartmentCommission], Verified2015, &["CGCT L3131-1"], BY_ANY_MEANS.0, BY_ANY_MEANS.1),
    text(ALL_BUT_DEPARTMENT, Unverified, &[], BY_ANY_MEANS.0, BY_ANY_MEANS.1),
];

/// No text on it was read. What an annulment or a rescission undoes of the past is not worked out.
const END: &[Text] = &[text(
    ALL,
    Unverified,
    &[],
    "suspendu, annulé, abrogé ou retiré, l'acte n'est pas ou n'est plus exécutoire à compter de ce jour",
    "suspended, annulled, repealed or rescinded, the act is not or no longer enforceable from that day",
)];

const FACTS: &[Text] = &[text(
    ALL,
    Unverified,
    &[],
    "un fait rayé, antérieur à la séance ou une transmission refusée ne compte pas",
    "a fact struck out or before the sitting does not count, nor does a transmission that was refused",
)];

const TWO_MONTHS_ONLINE: (&str, &str) =
    ("la publication sous forme électronique dure deux mois au moins", "publication in electronic form lasts two months at least");

const PUBLICITY: &[Text] = &[
    text(&[Department, DepartmentCommission], Unverified, &[], TWO_MONTHS_ONLINE.0, TWO_MONTHS_ONLINE.1).to(2022, 6, 30),
    text(&[Department, DepartmentCommission], Verified, &["CGCT R3131-2"], TWO_MONTHS_ONLINE.0, TWO_MONTHS_ONLINE.1)
        .from(2022, 7, 1)
        .value("2 months"),
    text(ALL_BUT_DEPARTMENT, Unverified, &[], TWO_MONTHS_ONLINE.0, TWO_MONTHS_ONLINE.1),
];

const TWO_MONTHS_FREE: (&str, &str) = (
    "le préfet peut déférer l'acte dans les deux mois de sa transmission (délai franc)",
    "the prefect may refer the act within two months of its transmission, the first and the last day not counted",
);

const REFERRAL: &[Text] = &[
    text(&[Department, DepartmentCommission], Verified2015, &["CGCT L3132-1"], TWO_MONTHS_FREE.0, TWO_MONTHS_FREE.1).value("2 months"),
    text(ALL_BUT_DEPARTMENT, Unverified, &[], TWO_MONTHS_FREE.0, TWO_MONTHS_FREE.1),
];

const RESTARTED: (&str, &str) = (
    "une demande de pièces faite dans les deux mois fait courir le délai de leur réception ou du refus",
    "a request for missing documents made within two months makes the limit run from their receipt or from the refusal",
);

const PIECES: &[Text] = &[
    text(&[Department, DepartmentCommission], Verified2015, &["CGCT L3132-1"], RESTARTED.0, RESTARTED.1),
    text(ALL_BUT_DEPARTMENT, Unverified, &[], RESTARTED.0, RESTARTED.1),
];

const INTERRUPTED: (&str, &str) =
    ("le recours gracieux du préfet, formé dans le délai, l'interrompt", "a letter of observations sent within the limit interrupts it");

const OBSERVATIONS: &[Text] = &[
    text(
        &[Department, DepartmentCommission],
        Verified2015,
        &["CGCT L3132-1", "CE, 4 novembre 1996, Département de la Dordogne"],
        INTERRUPTED.0,
        INTERRUPTED.1,
    ),
    text(ALL_BUT_DEPARTMENT, Unverified, &[], INTERRUPTED.0, INTERRUPTED.1),
];

const RESUMPTION: &[Text] = &[text(
    ALL,
    Unverified,
    &[],
    "le délai interrompu court de nouveau à compter de la réponse ; une seconde demande le fait courir de nouveau",
    "an interrupted limit runs anew from the answer; a second request makes it run anew",
)];

const MONTH_END: &[Text] = &[text(
    ALL,
    Unverified,
    &[],
    "compté de date à date depuis le jour de réception, ou depuis le lendemain : les deux jours diffèrent en fin de mois",
    "counted date to date from the day of receipt, or from the day after: the two differ at the end of a month",
)];

const WORKING_DAY: &[Text] = &[text(
    ALL,
    Unverified,
    &[],
    "un délai qui finirait un samedi, un dimanche ou un jour férié va jusqu'au premier jour ouvrable",
    "a limit that would end on a Saturday, a Sunday or a public holiday runs to the next working day",
)];

const REPORTS: &[Text] = &[
    text(
        &[Department],
        Verified,
        &["CGCT L3121-19"],
        "rapports douze jours au moins avant la réunion ; en urgence, un jour franc au moins",
        "reports at least twelve days before the meeting; in urgency, at least one clear day",
    )
    .value("12 days"),
    text(
        &[DepartmentCommission],
        Partial,
        &["CGCT L3121-19-1"],
        "rapports huit jours au moins avant la réunion",
        "reports at least eight days before the meeting",
    )
    .value("8 days"),
    text(
        &[Region],
        Unverified,
        &["CGCT L4132-18"],
        "rapports douze jours au moins avant la réunion",
        "reports at least twelve days before the meeting",
    )
    .value("12 days"),
    text(
        &[RegionCommission],
        Unverified,
        &["CGCT L4132-18-1"],
        "rapports huit jours au moins avant la réunion",
        "reports at least eight days before the meeting",
    )
    .value("8 days"),
    text(
        &[Municipal, Intercommunal],
        Unverified,
        &["CGCT L2121-12"],
        "convocation cinq jours francs avant la séance",
        "convening five clear days before the sitting",
    )
    .value("5 clear days"),
];

/// It follows from the procedure; the page on the law quotes no text for it.
const PROCEDURE: &[Text] = &[text(
    ALL,
    Unverified,
    &[],
    "avis, séance, signature et transmission se suivent",
    "opinion, sitting, signature and transmission come in that order",
)];

const SIGNATURE: &[Text] = &[
    text(
        &[Department, DepartmentCommission],
        Verified,
        &["CGCT L3221-3", "CE, 8 novembre 2017, n° 406876"],
        "le président peut déléguer sa signature ; l'acte de délégation est publié et transmis",
        "the president may delegate signature; the delegation is published and transmitted",
    ),
    text(
        &[Region, RegionCommission, Municipal, Intercommunal, Corsica, Lyon, Committee, Other],
        Verified,
        &["CE, 8 novembre 2017, n° 406876"],
        "une délégation de signature n'est exécutoire que publiée et transmise",
        "a delegation of signature is enforceable only once published and transmitted",
    ),
];

const IDENTIFIER: &[Text] = &[text(
    ALL,
    Verified,
    &["@CTES, schéma XSD, IDActe"],
    "lettres, chiffres et tirets bas, quinze au plus ; les outils de transmission demandent des majuscules",
    "letters, digits and low lines, fifteen at most; the tools that transmit ask for capitals",
)];

const BUDGET: &[Text] =
    &[text(ALL, Unverified, &["CGCT L3312-1"], "les montants de l'acte et du rapport s'accordent", "the amounts of act and report agree")];

const BENEFICIARY: &[Text] = &[text(
    ALL,
    Unverified,
    &["décret n° 2017-779", "SCDL Subventions 2.1.1"],
    "le bénéficiaire d'une subvention est identifié",
    "the beneficiary of a grant is identified",
)];
