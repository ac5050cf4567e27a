use super::*;

#[test]
fn the_built_in_list_is_sound_and_graver_means_sooner() {
    let rules = IncidentRules::built_in().unwrap();
    assert!(rules.kinds.len() >= 11);
    for kind in &rules.kinds {
        let [critical, major, minor] =
            Severity::ALL.map(|severity| rules.response_minutes(kind, severity));
        assert!(
            0 < critical && critical <= major && major <= minor,
            "{}",
            kind.id
        );
        assert!(
            !kind.personal || kind.private,
            "{} is about persons",
            kind.id
        );
    }
    assert!(rules.kind("order").is_some() && rules.kind("tea").is_none());
}

#[test]
fn faults_are_refused_by_name() {
    let spoiled = |from: &str, to: &str| {
        let text = BUILT_IN.replacen(from, to, 1);
        assert_ne!(text, BUILT_IN, "{from}");
        IncidentRules::parse(&text).unwrap_err()
    };
    assert_eq!(
        spoiled("id = \"power\"", "id = \"order\""),
        IncidentsError::Twice("order".to_owned())
    );
    assert_eq!(
        spoiled("within_days = 7", "within_days = 0"),
        IncidentsError::Days
    );
    assert!(matches!(
        spoiled("critical = 10", "critical = 0"),
        IncidentsError::Minutes(_)
    ));
    assert!(matches!(
        spoiled("critical = 10", "critical = 1000"),
        IncidentsError::Minutes(_)
    ));
    assert!(matches!(
        spoiled("body = \"police\"", "body = \"The Police\""),
        IncidentsError::Id(_)
    ));
    assert!(matches!(
        spoiled("body = ", "bodies = "),
        IncidentsError::Syntax(_)
    ));
}
