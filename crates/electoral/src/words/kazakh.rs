use super::{Groups, word};

const ONES: [&str; 10] = [
    "",
    "бір",
    "екі",
    "үш",
    "төрт",
    "бес",
    "алты",
    "жеті",
    "сегіз",
    "тоғыз",
];
const TENS: [&str; 10] = [
    "",
    "он",
    "жиырма",
    "отыз",
    "қырық",
    "елу",
    "алпыс",
    "жетпіс",
    "сексен",
    "тоқсан",
];

/// Kazakh: words follow each other without change; a hundred and a thousand take "бір" before them in official papers.
pub(super) fn spell(groups: &Groups) -> Vec<&'static str> {
    if groups.is_zero() {
        return vec!["нөл"];
    }
    let mut words = Vec::new();
    for (group, name) in [
        (groups.millions, "миллион"),
        (groups.thousands, "мың"),
        (groups.ones, ""),
    ] {
        if group == 0 {
            continue;
        }
        hundreds(&mut words, group);
        if !name.is_empty() {
            words.push(name);
        }
    }
    words
}

fn hundreds(words: &mut Vec<&'static str>, group: u64) {
    if group >= 100 {
        words.push(word(&ONES, group / 100));
        words.push("жүз");
    }
    let rest = [word(&TENS, group / 10 % 10), word(&ONES, group % 10)];
    words.extend(rest.into_iter().filter(|word| !word.is_empty()));
}
