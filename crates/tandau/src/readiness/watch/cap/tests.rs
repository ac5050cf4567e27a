use super::*;
use proptest::prelude::*;

const BLIZZARD: &str = include_str!("samples/blizzard.xml");
const UPDATE: &str = include_str!("samples/update.xml");
const CANCEL: &str = include_str!("samples/cancel.xml");
const EXERCISE: &str = include_str!("samples/exercise.xml");

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

#[test]
fn three_languages_of_one_event_are_one() {
    let alert = read(BLIZZARD.as_bytes()).unwrap();
    assert_eq!(alert.name.identifier, "EX-2023-117");
    assert_eq!(alert.name.sent, at("2023-11-04T03:00:00Z"));
    assert_eq!(
        (alert.status, alert.kind),
        (Status::Actual, MessageKind::Alert)
    );
    assert!(alert.public && alert.references.is_empty());
    let [part] = alert.parts.as_slice() else {
        panic!("one event: {:?}", alert.parts);
    };
    assert_eq!(part.event.kk, "Қатты боран");
    assert_eq!(part.event.ru, "Сильная метель");
    assert_eq!(part.event.en, "Blizzard");
    assert_eq!(part.grade, Grade::Severe);
    assert_eq!(part.begins(alert.name.sent), at("2023-11-04T21:00:00Z"));
    assert_eq!(part.expires, Some(at("2023-11-05T15:00:00Z")));
    assert_eq!(part.areas[0].description.ru, "Актогайский район");
    assert_eq!(
        part.areas[0].geocodes,
        [("KATO".to_owned(), "353600000".to_owned())]
    );
    assert_eq!(part.areas[0].shapes.len(), 1);
    assert!(
        part.words()
            .en
            .starts_with("Blizzard in Aktogay district\nNorth")
    );
}

#[test]
fn an_update_and_a_cancel_say_what_they_refer_to() {
    let first = read(BLIZZARD.as_bytes()).unwrap().name;
    let update = read(UPDATE.as_bytes()).unwrap();
    assert_eq!(
        (update.kind, &update.references),
        (MessageKind::Update, &vec![first.clone()])
    );
    let cancel = read(CANCEL.as_bytes()).unwrap();
    assert_eq!(
        (cancel.kind, &cancel.references),
        (MessageKind::Cancel, &vec![first])
    );
    assert!(cancel.parts.is_empty(), "a cancel needs no words");
    assert_eq!(read(EXERCISE.as_bytes()).unwrap().status, Status::Exercise);
}

#[test]
fn blocks_that_differ_in_more_than_words_are_two_events() {
    let two = BLIZZARD.replacen("<severity>Severe", "<severity>Minor", 1);
    assert_eq!(read(two.as_bytes()).unwrap().parts.len(), 2);
    let twice = BLIZZARD.replace("<language>ru-KZ", "<language>en");
    assert_eq!(
        read(twice.as_bytes()).unwrap().parts.len(),
        2,
        "English said twice"
    );
    let french = BLIZZARD
        .replace("<language>kk-KZ", "<language>fr")
        .replace("<language>ru-KZ", "<language>de");
    let alert = read(french.as_bytes()).unwrap();
    assert_eq!(
        alert.parts[0].event.kk, "Blizzard",
        "what we speak stands in for what we don't"
    );
}

fn problem(from: &str, to: &str) -> CapProblem {
    let text = BLIZZARD.replacen(from, to, 1);
    assert_ne!(text, BLIZZARD, "{from}");
    read(text.as_bytes()).unwrap_err()
}

#[test]
fn what_is_wrong_is_named() {
    assert_eq!(problem("cap:1.2", "cap:1.1"), CapProblem::NotCap);
    assert_eq!(
        problem("<sender>alerts@example.kz</sender>", ""),
        CapProblem::Missing("sender")
    );
    assert_eq!(
        problem("alerts@example.kz<", "a b<"),
        CapProblem::Unreadable("sender")
    );
    assert_eq!(
        problem("<status>Actual", "<status>Real"),
        CapProblem::Unreadable("status")
    );
    assert_eq!(
        problem("<msgType>Alert", "<msgType>Ack"),
        CapProblem::Unreadable("msgType")
    );
    assert_eq!(
        problem("<msgType>Alert", "<msgType>Update"),
        CapProblem::Missing("references")
    );
    assert_eq!(
        problem("09:00:00+06:00</sent>", "09:00:00</sent>"),
        CapProblem::Unreadable("sent")
    );
    assert_eq!(
        problem("<onset>2023", "<onset>9023"),
        CapProblem::Unreadable("onset")
    );
    assert_eq!(
        problem("<category>Met", "<category>Tea"),
        CapProblem::Unreadable("category")
    );
    assert_eq!(
        problem("46.0,73.0 46.0,77.0", "46.0,77.0"),
        CapProblem::Unreadable("polygon")
    );
    assert_eq!(
        problem("46.0,73.0 46.0,77.0", "96.0,73.0 46.0,77.0"),
        CapProblem::Unreadable("polygon")
    );
    assert!(matches!(problem("</alert>", ""), CapProblem::Xml(_)));
    assert_eq!(read(b"\xff\xfe<\0a\0"), Err(CapProblem::Encoding));
    assert_eq!(read(&vec![b' '; MAX_BYTES + 1]), Err(CapProblem::TooLarge));
    let utc = BLIZZARD.replace("2023-11-05T03:00:00+06:00", "2023-11-04T21:00:00-00:00");
    let utc = read(utc.as_bytes()).unwrap();
    assert_eq!(utc.parts[0].onset, Some(at("2023-11-04T21:00:00Z")));
}

#[test]
fn hostile_documents_are_refused_at_once() {
    let body = "<alert xmlns=\"urn:oasis:names:tc:emergency:cap:1.2\"><identifier>&x;</identifier></alert>";
    let outside = format!("<!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/passwd\">]>{body}");
    assert!(matches!(read(outside.as_bytes()), Err(CapProblem::Xml(_))));
    let mut laughs = String::from("<!DOCTYPE a [<!ENTITY x0 \"ha\">");
    for n in 1..20 {
        let inner = format!("&x{};", n - 1).repeat(10);
        laughs.push_str(&format!("<!ENTITY x{n} \"{inner}\">"));
    }
    laughs.push_str(&format!("]>{}", body.replace("&x;", "&x19;")));
    assert!(matches!(read(laughs.as_bytes()), Err(CapProblem::Xml(_))));
    assert!(
        matches!(read(body.as_bytes()), Err(CapProblem::Xml(_))),
        "an entity of nobody"
    );
    let deep = format!("{}{}", "<a>".repeat(20_000), "</a>".repeat(20_000));
    assert_eq!(read(deep.as_bytes()), Err(CapProblem::Deep));
    let wide = format!("<a>{}</a>", "<b/>".repeat(200_000));
    assert!(
        matches!(read(wide.as_bytes()), Err(CapProblem::Xml(_))),
        "too many elements"
    );
    let blocks = format!(
        "{}</alert>",
        BLIZZARD.replace("</alert>", &"<info/>".repeat(100))
    );
    assert!(read(blocks.as_bytes()).is_err());
    let names = "alerts@example.kz,EX,2023-11-04T09:00:00+06:00 ".repeat(101);
    let many = UPDATE.replacen("<references>", &format!("<references>{names}"), 1);
    assert_eq!(
        read(many.as_bytes()),
        Err(CapProblem::TooMany("references"))
    );
}

#[test]
fn a_place_lies_inside_on_the_line_or_outside() {
    let square = Shape::polygon("46.0,73.0 46.0,77.0 49.0,77.0 49.0,73.0 46.0,73.0").unwrap();
    let place = |latitude, longitude| Point {
        latitude,
        longitude,
    };
    assert!(square.contains(place(48_000_000, 75_000_000)));
    assert!(
        square.contains(place(46_000_000, 75_000_000)),
        "on the line"
    );
    assert!(square.contains(place(49_000_000, 77_000_000)), "a corner");
    assert!(!square.contains(place(49_000_001, 75_000_000)));
    assert!(!square.contains(place(48_000_000, 72_999_999)));
    // A notch: between its arms is outside.
    let notch = Shape::polygon("0,0 0,4 4,4 4,3 1,3 1,1 4,1 4,0 0,0").unwrap();
    assert!(notch.contains(place(500_000, 2_000_000)));
    assert!(!notch.contains(place(2_000_000, 2_000_000)));
    assert!(notch.contains(place(2_000_000, 500_000)));
    // Karaganda lies some 190 km from Astana, as the crow flies.
    let around = |km: &str| Shape::circle(&format!("51.169,71.449 {km}")).unwrap();
    let karaganda = place(49_802_000, 73_102_000);
    assert!(around("200").contains(karaganda) && !around("170").contains(karaganda));
    assert_eq!(Shape::circle("51.1,71.4"), None);
    assert_eq!(Shape::circle("51.1,71.4 -1"), None);
    assert_eq!(Shape::circle("51.1,71.4 1e9"), None);
}

fn points() -> impl Strategy<Value = Vec<Point>> {
    prop::collection::vec(
        (-90_000_000_i64..=90_000_000, -180_000_000_i64..=180_000_000),
        3..20,
    )
    .prop_map(|pairs| {
        let mut points: Vec<Point> = pairs
            .into_iter()
            .map(|(latitude, longitude)| Point {
                latitude,
                longitude,
            })
            .collect();
        points.push(points[0]);
        points
    })
}

proptest! {
    #[test]
    fn any_bytes_end_in_an_alert_or_a_refusal(bytes in prop::collection::vec(any::<u8>(), 0..2_000)) {
        let _ = read(&bytes);
    }

    /// A sound file with a piece cut out, doubled or overwritten.
    #[test]
    fn any_spoiled_file_does_too(from in 0_usize..3_000, length in 0_usize..400, text in "\\PC{0,40}") {
        let mut chars: Vec<char> = UPDATE.chars().collect();
        let from = from.min(chars.len());
        let to = (from + length).min(chars.len());
        chars.splice(from..to, text.chars());
        let _ = read(chars.into_iter().collect::<String>().as_bytes());
    }

    #[test]
    fn shapes_are_kept_as_they_are(points in points(), radius_m in 0_i64..5_000_000) {
        let centre = points[0];
        let shapes = vec![Shape::Polygon(points), Shape::Circle { centre, radius_m }];
        prop_assert_eq!(shapes_of(&shapes_text(&shapes)), shapes);
    }

    /// A triangle holds its corners, the middles of its sides' ends, and nothing beyond its box.
    #[test]
    fn corners_are_inside_and_what_lies_beyond_the_box_is_not(points in points(), beyond in 1_i64..1_000) {
        let shape = Shape::Polygon(points.clone());
        for corner in &points {
            prop_assert!(shape.contains(*corner));
        }
        let north = points.iter().map(|p| p.latitude).max().unwrap();
        let west = points.iter().map(|p| p.longitude).min().unwrap();
        let above = Point { latitude: north + beyond, longitude: west };
        let beside = Point { latitude: north, longitude: west - beyond };
        prop_assert!(!shape.contains(above) && !shape.contains(beside));
    }
}
