use super::{Groups, word};

const MASCULINE: [&str; 20] = [
    "",
    "один",
    "два",
    "три",
    "четыре",
    "пять",
    "шесть",
    "семь",
    "восемь",
    "девять",
    "десять",
    "одиннадцать",
    "двенадцать",
    "тринадцать",
    "четырнадцать",
    "пятнадцать",
    "шестнадцать",
    "семнадцать",
    "восемнадцать",
    "девятнадцать",
];
const TENS: [&str; 10] = [
    "",
    "",
    "двадцать",
    "тридцать",
    "сорок",
    "пятьдесят",
    "шестьдесят",
    "семьдесят",
    "восемьдесят",
    "девяносто",
];
const HUNDREDS: [&str; 10] = [
    "",
    "сто",
    "двести",
    "триста",
    "четыреста",
    "пятьсот",
    "шестьсот",
    "семьсот",
    "восемьсот",
    "девятьсот",
];
/// Forms after 1, after 2–4, and after the rest.
const THOUSAND: [&str; 3] = ["тысяча", "тысячи", "тысяч"];
const MILLION: [&str; 3] = ["миллион", "миллиона", "миллионов"];

pub(super) fn spell(groups: &Groups) -> Vec<&'static str> {
    if groups.is_zero() {
        return vec!["ноль"];
    }
    let mut words = Vec::new();
    if groups.millions > 0 {
        hundreds(&mut words, groups.millions, false);
        words.push(form(groups.millions, MILLION));
    }
    if groups.thousands > 0 {
        // "Тысяча" is feminine: одна тысяча, две тысячи.
        hundreds(&mut words, groups.thousands, true);
        words.push(form(groups.thousands, THOUSAND));
    }
    hundreds(&mut words, groups.ones, false);
    words
}

fn form(group: u64, [one, few, many]: [&'static str; 3]) -> &'static str {
    match (group % 100, group % 10) {
        (11..=14, _) => many,
        (_, 1) => one,
        (_, 2..=4) => few,
        _ => many,
    }
}

fn hundreds(words: &mut Vec<&'static str>, group: u64, feminine: bool) {
    let last_two = group % 100;
    let (tens, ones) = if last_two < 20 {
        ("", last_two)
    } else {
        (word(&TENS, last_two / 10), last_two % 10)
    };
    let ones = match (ones, feminine) {
        (1, true) => "одна",
        (2, true) => "две",
        _ => word(&MASCULINE, ones),
    };
    let all = [word(&HUNDREDS, group / 100), tens, ones];
    words.extend(all.into_iter().filter(|word| !word.is_empty()));
}
