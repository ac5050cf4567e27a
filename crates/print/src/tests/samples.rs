//! Papers with invented people and figures.

use crate::{
    DecisionPaper, NotePaper, NoteSource, NoteWords, PaperCandidate, PaperLine, PaperSignature,
    ProgrammeDay, ProgrammeEvent, ProgrammeFact, ProgrammePaper, ProgrammeWords, ProtocolPaper,
    ReadinessBody, ReadinessFigure, ReadinessLine, ReadinessPaper, ReadinessRow, ReadinessWords,
    ResultCandidate, ResultPaper,
};

/// Label in Kazakh, Russian and English, figure, the figure in Kazakh, Russian and English words.
type Row = (
    &'static str,
    &'static str,
    &'static str,
    u64,
    [&'static str; 3],
);

const LINES: [Row; 9] = [
    (
        "Учаскедегі сайлаушылардың жалпы саны",
        "Общее число избирателей на участке",
        "Voters at the station",
        1204,
        [
            "бір мың екі жүз төрт",
            "одна тысяча двести четыре",
            "one thousand two hundred and four",
        ],
    ),
    (
        "Учаскелік комиссия алған бюллетеньдердің саны",
        "Число бюллетеней, полученных участковой комиссией",
        "Ballots received by the precinct commission",
        1216,
        [
            "бір мың екі жүз он алты",
            "одна тысяча двести шестнадцать",
            "one thousand two hundred and sixteen",
        ],
    ),
    (
        "Бюллетень алған сайлаушылардың саны",
        "Число избирателей, получивших бюллетени",
        "Voters who received ballots",
        741,
        [
            "жеті жүз қырық бір",
            "семьсот сорок один",
            "seven hundred and forty-one",
        ],
    ),
    (
        "Болатын жері бойынша дауыс беруге өтініштер бойынша берілген бюллетеньдердің саны",
        "Число бюллетеней, выданных по заявлениям о голосовании в месте пребывания",
        "Ballots issued on applications for voting at the place of stay",
        23,
        ["жиырма үш", "двадцать три", "twenty-three"],
    ),
    (
        "Есептен шығару куәліктері бойынша дауыс берген сайлаушылардың саны",
        "Число избирателей, проголосовавших по открепительным удостоверениям",
        "Voters who voted on absentee certificates",
        6,
        ["алты", "шесть", "six"],
    ),
    (
        "Жойылған (пайдаланылмаған және бүлінген) бюллетеньдердің саны",
        "Число погашенных (неиспользованных и испорченных) бюллетеней",
        "Ballots cancelled (unused and spoiled)",
        475,
        [
            "төрт жүз жетпіс бес",
            "четыреста семьдесят пять",
            "four hundred and seventy-five",
        ],
    ),
    (
        "Жәшіктерден табылған бюллетеньдердің саны",
        "Число бюллетеней, обнаруженных в урнах",
        "Ballots taken from all boxes",
        739,
        [
            "жеті жүз отыз тоғыз",
            "семьсот тридцать девять",
            "seven hundred and thirty-nine",
        ],
    ),
    (
        "Жарамсыз деп танылған бюллетеньдердің саны",
        "Число бюллетеней, признанных недействительными",
        "Ballots declared invalid",
        12,
        ["он екі", "двенадцать", "twelve"],
    ),
    (
        "Дауыс беруге қатысқан сайлаушылардың саны",
        "Число избирателей, принявших участие в голосовании",
        "Voters who took part in the vote",
        727,
        [
            "жеті жүз жиырма жеті",
            "семьсот двадцать семь",
            "seven hundred and twenty-seven",
        ],
    ),
];

const CANDIDATES: [(&str, &str, u64, [&str; 3]); 6] = [
    (
        "Үлгіев Қайрат Ғаниұлы",
        "Улгиев Кайрат Ганиулы",
        301,
        ["үш жүз бір", "триста один", "three hundred and one"],
    ),
    (
        "Мысалова Әйгерім Өтегенқызы",
        "Мысалова Айгерим Утегенкызы",
        198,
        [
            "жүз тоқсан сегіз",
            "сто девяносто восемь",
            "one hundred and ninety-eight",
        ],
    ),
    (
        "Нұсқаев Ыбырай Һашимұлы",
        "Нускаев Ибрай Хашимович",
        120,
        ["жүз жиырма", "сто двадцать", "one hundred and twenty"],
    ),
    (
        "Сынақов Іңкәр Жәңгірұлы",
        "Сынаков Инкар Жангирулы",
        64,
        ["алпыс төрт", "шестьдесят четыре", "sixty-four"],
    ),
    (
        "Демо Данияр Сәкенұлы",
        "Демо Данияр Сакенович",
        31,
        ["отыз бір", "тридцать один", "thirty-one"],
    ),
    (
        "Барлығына қарсымын",
        "Против всех",
        13,
        ["он үш", "тринадцать", "thirteen"],
    ),
];

fn owned(text: &str) -> String {
    text.to_owned()
}

fn lines(times: u64) -> Vec<PaperLine> {
    LINES
        .iter()
        .zip(1..)
        .map(|(row, number): (_, u32)| PaperLine {
            number: number.to_string(),
            label_kk: owned(row.0),
            label_ru: owned(row.1),
            label_en: owned(row.2),
            figure: row.3 * times,
            words_kk: owned(row.4[0]),
            words_ru: owned(row.4[1]),
            words_en: owned(row.4[2]),
        })
        .collect()
}

fn number(place: u32) -> String {
    if place == 6 {
        String::new()
    } else {
        place.to_string()
    }
}

fn signature(kk: &str, ru: &str, en: &str, name: &str) -> PaperSignature {
    PaperSignature {
        office_kk: owned(kk),
        office_ru: owned(ru),
        office_en: owned(en),
        name: owned(name),
    }
}

fn signatures() -> Vec<PaperSignature> {
    let member = |name| signature("Комиссия мүшесі", "Член комиссии", "Member", name);
    vec![
        chair(),
        signature(
            "Төрағаның орынбасары",
            "Заместитель председателя",
            "Deputy chair",
            "Сынамалы Ғ. Қ.",
        ),
        secretary(),
        member("Үлгілі Ә. Б."),
        member("Мысалды Ж. Ө."),
        member("Нұсқалы Қ. Т."),
        member("Тәжірибелі Ұ. С."),
    ]
}

fn chair() -> PaperSignature {
    signature(
        "Комиссия төрағасы",
        "Председатель комиссии",
        "Chair",
        "Демонова Гүлнәр Ілиясқызы",
    )
}

fn secretary() -> PaperSignature {
    signature(
        "Комиссия хатшысы",
        "Секретарь комиссии",
        "Secretary",
        "Үлгіева М. Н.",
    )
}

/// A station's protocol with five candidates and "against all".
pub(crate) fn protocol() -> ProtocolPaper {
    ProtocolPaper {
        title_kk: owned("Учаскелік сайлау комиссиясының дауыс санау нәтижелері туралы хаттамасы"),
        title_ru: owned(
            "Протокол участковой избирательной комиссии о результатах подсчёта голосов",
        ),
        title_en: owned("Protocol of the precinct election commission on the count of votes"),
        election_kk: owned("Аудан әкімін сайлау"),
        election_ru: owned("Выборы акима района"),
        election_en: owned("Election of the akim of a district"),
        contest_kk: owned("Қарағанды облысы, Ақтоғай ауданы"),
        contest_ru: owned("Карагандинская область, Актогайский район"),
        contest_en: owned("Aktogay district, Karaganda region"),
        station_number: owned("448"),
        address_kk: owned("Ақтоғай ауылы, Бөкейхан көшесі, 10, мәдениет үйі"),
        address_ru: owned("село Актогай, улица Бокейхана, 10, дом культуры"),
        address_en: owned("10 Bokeikhan street, house of culture, Aktogay village"),
        date_kk: owned("2023 жылғы 5 қараша"),
        date_ru: owned("5 ноября 2023 года"),
        date_en: owned("5 November 2023"),
        lines: lines(1),
        candidates: CANDIDATES
            .iter()
            .zip(1..)
            .map(|(row, place): (_, u32)| PaperCandidate {
                number: number(place),
                name_kk: owned(row.0),
                name_ru: owned(row.1),
                name_en: String::new(),
                figure: row.2,
                words_kk: owned(row.3[0]),
                words_ru: owned(row.3[1]),
                words_en: owned(row.3[2]),
            })
            .collect(),
        signatures: signatures(),
        posted_at: owned("05.11.2023, 21:47"),
        synthetic: true,
        version: 1,
        ..ProtocolPaper::default()
    }
}

/// A contest's protocol of results.
pub(crate) fn results() -> ResultPaper {
    let station = protocol();
    ResultPaper {
        title_kk: owned("Аумақтық сайлау комиссиясының сайлау нәтижелері туралы хаттамасы"),
        title_ru: owned("Протокол территориальной избирательной комиссии о результатах выборов"),
        title_en: owned("Protocol of the territorial election commission on the results"),
        election_kk: station.election_kk,
        election_ru: station.election_ru,
        election_en: station.election_en,
        contest_kk: station.contest_kk,
        contest_ru: station.contest_ru,
        contest_en: station.contest_en,
        commission_kk: owned("Ақтоғай аудандық аумақтық сайлау комиссиясы"),
        commission_ru: owned("Актогайская районная территориальная избирательная комиссия"),
        commission_en: owned("Aktogay district election commission"),
        date_kk: owned("2023 жылғы 6 қараша"),
        date_ru: owned("6 ноября 2023 года"),
        date_en: owned("6 November 2023"),
        stations_counted: 38,
        stations_expected: 38,
        lines: lines(1000),
        candidates: CANDIDATES
            .iter()
            .zip([4140, 2724, 1651, 880, 426, 179])
            .zip(1..)
            .map(|((row, share), place): (_, u32)| ResultCandidate {
                number: number(place),
                name_kk: owned(row.0),
                name_ru: owned(row.1),
                votes: row.2 * 1000,
                share: Some(share),
                words_kk: format!("{} мың", row.3[0]),
                words_ru: format!("{} тысяч", row.3[1]),
                words_en: format!("{} thousand", row.3[2]),
                elected: place == 1,
                ..ResultCandidate::default()
            })
            .collect(),
        outcome_kk: owned(
            "Дауыс беруге қатысқан сайлаушылардың ең көп дауысын алған Үлгіев Қайрат Ғаниұлы сайланды деп саналады.",
        ),
        outcome_ru: owned(
            "Избранным считается Улгиев Кайрат Ганиулы, набравший наибольшее число голосов принявших участие в голосовании.",
        ),
        outcome_en: owned("Ulgiev Kairat received the most votes and is elected."),
        signatures: station.signatures,
        synthetic: true,
        version: 1,
        ..ResultPaper::default()
    }
}

/// A decision on the results.
pub(crate) fn decision() -> DecisionPaper {
    let results = results();
    DecisionPaper {
        commission_kk: results.commission_kk,
        commission_ru: results.commission_ru,
        commission_en: results.commission_en,
        number: owned("14/27"),
        date_kk: results.date_kk,
        date_ru: results.date_ru,
        date_en: results.date_en,
        place_kk: owned("Ақтоғай ауылы"),
        place_ru: owned("село Актогай"),
        place_en: owned("Aktogay village"),
        title_kk: owned("Аудан әкімін сайлаудың нәтижелерін айқындау туралы"),
        title_ru: owned("Об определении результатов выборов акима района"),
        title_en: owned("On the results of the election of the district akim"),
        text_kk: owned(
            "Учаскелік комиссиялардың 38 хаттамасын қарап, комиссия ШЕШТІ:\n1. Сайлау өтті деп танылсын.\n2. Үлгіев Қайрат Ғаниұлы сайланды деп саналсын.",
        ),
        text_ru: owned(
            "Рассмотрев 38 протоколов участковых комиссий, комиссия РЕШИЛА:\n1. Признать выборы состоявшимися.\n2. Считать избранным Улгиева Кайрата Ганиулы.",
        ),
        text_en: owned(
            "Having examined 38 station protocols, the commission DECIDED:\n1. The election was held.\n2. Ulgiev Kairat is elected.",
        ),
        members: 7,
        present: 6,
        votes_for: 5,
        votes_against: 1,
        chair: chair(),
        secretary: secretary(),
        dissent: Some(owned(
            "Екі учаскенің хаттамасын қайта санау керек деп есептеймін.\nСынамалы Ғ. Қ.",
        )),
        synthetic: true,
        ..DecisionPaper::default()
    }
}

/// A district on its way.
pub(crate) fn readiness() -> ReadinessPaper {
    let body = |name: &str, lines: u32| ReadinessBody {
        name: name.to_owned(),
        sentence: format!("Орындалмаған: {lines}, оның ішінде аса маңыздысы: {lines}."),
        lines: (0..lines)
            .map(|n| ReadinessLine {
                station: format!("№ {} мектеп", 440 + n),
                item: "Ғимаратта электр қуаты үзіліссіз беріле ме?".to_owned(),
                due: "29.10.2023, 18:00".to_owned(),
                state: "қабылданды".to_owned(),
            })
            .collect(),
        more: String::new(),
    };
    ReadinessPaper {
        title: "Сайлау учаскелерінің дайындығы".to_owned(),
        place: "Ақтоғай ауданы, Қарағанды облысы".to_owned(),
        election: "Аудан әкімінің сайлауы, 2023 жылғы 5 қараша".to_owned(),
        when: "2023 жылғы 2 қазандағы жағдай".to_owned(),
        sentence: "38 учаскенің 21-і дайын.".to_owned(),
        figures: (1..=4)
            .map(|n| ReadinessFigure {
                number: n.to_string(),
                label: "учаске дайын".to_owned(),
            })
            .collect(),
        words: ReadinessWords {
            sections: "Бөлімдер бойынша".to_owned(),
            bodies: "Кім не істеуі керек".to_owned(),
            section: "Бөлім".to_owned(),
            ready: "Дайын учаскелер".to_owned(),
            unmet: "Орындалмаған".to_owned(),
            critical: "Аса маңызды".to_owned(),
            unanswered: "Жауабы жоқ".to_owned(),
            station: "Учаске".to_owned(),
            item: "Тармақ".to_owned(),
            due: "Мерзімі".to_owned(),
            state: "Жағдайы".to_owned(),
            accessibility: "Қолжетімділік".to_owned(),
        },
        sections: vec![ReadinessRow {
            name: "Электр қуаты".to_owned(),
            ready: 30,
            unmet: 1_204,
            critical: 3,
            unanswered: 7,
        }],
        bodies: vec![body("Әкімдік", 3), body("Полиция", 0)],
        accessibility: "38 учаске, мүгедектігі бар 619 азамат.".to_owned(),
        foot: "Ақтоғай ауданы".to_owned(),
        synthetic: true,
        ..ReadinessPaper::default()
    }
}

/// A visit of two days.
pub(crate) fn programme() -> ProgrammePaper {
    let event = |time: &str, kind: &str| ProgrammeEvent {
        time: time.to_owned(),
        kind: kind.to_owned(),
        text_agenda: "Сайлаушылар тізімі\nУчаскелердің қолжетімділігі".to_owned(),
        place: "Ақтоғай ауданы, аудан әкімдігінің мәжіліс залы".to_owned(),
        led: "Орталық сайлау комиссиясының төрағасы".to_owned(),
        hosts: "Аудандық сайлау комиссиясы".to_owned(),
        note: String::new(),
    };
    ProgrammePaper {
        kind: "Сапардың бағдарламасы".to_owned(),
        title: "Қарағанды облысына сапар".to_owned(),
        when: "2023 жылғы 29 қыркүйек – 2 қазан".to_owned(),
        facts: vec![ProgrammeFact {
            label: "Делегация басшысы".to_owned(),
            text_value: "Орталық сайлау комиссиясының төрағасы\nАппарат қызметкерлері".to_owned(),
        }],
        words: ProgrammeWords {
            time: "Уақыты".to_owned(),
            event: "Іс-шара".to_owned(),
            place: "Орны".to_owned(),
            led: "Кім өткізеді".to_owned(),
        },
        days: vec![
            ProgrammeDay {
                title: "2023 жылғы 30 қыркүйек (UTC+6)".to_owned(),
                events: vec![
                    event("10:00–11:00", "Семинар-кеңес"),
                    ProgrammeEvent {
                        note: "Іс-шара өтпейді".to_owned(),
                        ..event("12:00–13:00", "Тұрғындармен кездесу")
                    },
                ],
            },
            ProgrammeDay {
                title: "2023 жылғы 1 қазан (UTC+6)".to_owned(),
                events: Vec::new(),
            },
        ],
        foot: "Қарағанды облысына сапар".to_owned(),
        synthetic: true,
        ..ProgrammePaper::default()
    }
}

/// A note with its sources.
pub(crate) fn note() -> NotePaper {
    NotePaper {
        title: "Ақтоғай ауданы: сайлау учаскелерінің дайындығы".to_owned(),
        body: "Аумақтық сайлау комиссиясы: Ақтоғай ауданы".to_owned(),
        when: "2023 жылғы 2 қазан, 1-нұсқа".to_owned(),
        text_body: "Учаскелер – 38.\nБарлық талап орындалған учаскелер – 21.".to_owned(),
        words: NoteWords {
            sources: "Сандар қайдан алынды".to_owned(),
            figure: "Сан".to_owned(),
            asked: "Не сұралды".to_owned(),
            at: "Қашан, хэш".to_owned(),
        },
        sources: (1..=12)
            .map(|n| NoteSource {
                number: n.to_string(),
                figure: "38".to_owned(),
                asked: "Сайлау учаскелерінің саны".to_owned(),
                address: "/readiness/districts/353600000?as_of=2023-10-02".to_owned(),
                at: "02.10.2023, 18:00 (UTC+6)".to_owned(),
                digest: "0123456789abcdef".repeat(4),
                change: "38 болған, қазір 39".to_owned(),
            })
            .collect(),
        foot: "Тандау".to_owned(),
        synthetic: true,
        ..NotePaper::default()
    }
}
