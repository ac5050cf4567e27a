//! The schema, version by version. One text serves both engines.

use sqlx::SqlSafeStr as _;
use sqlx::migrate::{Migration, MigrationType, Migrator};
use std::borrow::Cow;

const VERSIONS: &[(i64, &str, &str)] = &[
    (
        1,
        "platform",
        include_str!("../../../migrations/0001_platform.sql"),
    ),
    (
        2,
        "commissions and stations",
        include_str!("../../../migrations/0002_commissions_and_stations.sql"),
    ),
    (
        3,
        "elections",
        include_str!("../../../migrations/0003_elections.sql"),
    ),
    (
        4,
        "voting day and counting",
        include_str!("../../../migrations/0004_voting_day_and_counting.sql"),
    ),
    (
        5,
        "registers",
        include_str!("../../../migrations/0005_registers.sql"),
    ),
    (
        6,
        "elections",
        include_str!("../../../migrations/0006_elections.sql"),
    ),
    (
        7,
        "counting",
        include_str!("../../../migrations/0007_counting.sql"),
    ),
    (
        8,
        "closing",
        include_str!("../../../migrations/0008_closing.sql"),
    ),
    (
        13,
        "accounts",
        include_str!("../../../migrations/0013_accounts.sql"),
    ),
    (
        16,
        "search",
        include_str!("../../../migrations/0016_search.sql"),
    ),
    (
        19,
        "papers",
        include_str!("../../../migrations/0019_papers.sql"),
    ),
    (
        20,
        "words",
        include_str!("../../../migrations/0020_words.sql"),
    ),
    (
        22,
        "results",
        include_str!("../../../migrations/0022_results.sql"),
    ),
    (
        23,
        "tasks",
        include_str!("../../../migrations/0023_tasks.sql"),
    ),
    (
        24,
        "readiness",
        include_str!("../../../migrations/0024_readiness.sql"),
    ),
    (
        25,
        "inbox",
        include_str!("../../../migrations/0025_inbox.sql"),
    ),
    (
        26,
        "accessibility",
        include_str!("../../../migrations/0026_access.sql"),
    ),
    (
        27,
        "watch",
        include_str!("../../../migrations/0027_watch.sql"),
    ),
    (
        28,
        "incidents",
        include_str!("../../../migrations/0028_incidents.sql"),
    ),
    (
        29,
        "surveys",
        include_str!("../../../migrations/0029_surveys.sql"),
    ),
    (
        30,
        "visits",
        include_str!("../../../migrations/0030_visits.sql"),
    ),
    (
        31,
        "publications",
        include_str!("../../../migrations/0031_publications.sql"),
    ),
    (
        32,
        "signature by area",
        include_str!("../../../migrations/0032_signature_by_area.sql"),
    ),
    (
        33,
        "task evidence",
        include_str!("../../../migrations/0033_task_evidence.sql"),
    ),
    (
        44,
        "survey step behind",
        include_str!("../../../migrations/0044_survey_step_behind.sql"),
    ),
    (
        47,
        "training",
        include_str!("../../../migrations/0047_training.sql"),
    ),
    (
        48,
        "training presence",
        include_str!("../../../migrations/0048_training_presence.sql"),
    ),
    (
        49,
        "training coverage",
        include_str!("../../../migrations/0049_training_coverage.sql"),
    ),
    (
        50,
        "training tests",
        include_str!("../../../migrations/0050_learning.sql"),
    ),
    (
        51,
        "training quality",
        include_str!("../../../migrations/0051_quality.sql"),
    ),
    (
        52,
        "training planner",
        include_str!("../../../migrations/0052_planner.sql"),
    ),
    (
        61,
        "incident acts",
        include_str!("../../../migrations/0061_incident_acts.sql"),
    ),
    (
        62,
        "signed revision",
        include_str!("../../../migrations/0062_signed_revision.sql"),
    ),
    (
        63,
        "readiness pending",
        include_str!("../../../migrations/0063_readiness_pending.sql"),
    ),
    (
        64,
        "planned people",
        include_str!("../../../migrations/0064_planned_people.sql"),
    ),
    (
        65,
        "training corrections",
        include_str!("../../../migrations/0065_training_corrections.sql"),
    ),
    (
        66,
        "certificate status",
        include_str!("../../../migrations/0066_certificate_status.sql"),
    ),
    (
        67,
        "acts of tasks",
        include_str!("../../../migrations/0067_acts_of_tasks.sql"),
    ),
    (
        68,
        "signature place",
        include_str!("../../../migrations/0068_signature_place.sql"),
    ),
    (
        69,
        "survey said",
        include_str!("../../../migrations/0069_survey_said.sql"),
    ),
];

pub(super) fn migrator() -> Migrator {
    Migrator {
        migrations: Cow::Owned(
            VERSIONS
                .iter()
                .map(|&(version, name, sql)| {
                    Migration::new(
                        version,
                        Cow::Borrowed(name),
                        MigrationType::Simple,
                        sql.into_sql_str(),
                        false,
                    )
                })
                .collect(),
        ),
        ..Migrator::DEFAULT
    }
}
