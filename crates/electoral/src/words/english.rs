use super::{Groups, word};

const ONES: [&str; 20] = [
    "",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
];
const TENS: [&str; 10] = [
    "", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety",
];

pub(super) fn spell(groups: &Groups) -> Vec<String> {
    if groups.is_zero() {
        return vec!["zero".to_owned()];
    }
    let mut words = Vec::new();
    for (group, name) in [(groups.millions, "million"), (groups.thousands, "thousand")] {
        if group > 0 {
            hundreds(&mut words, group);
            words.push(name.to_owned());
        }
    }
    let higher = !words.is_empty();
    if higher && groups.ones > 0 && groups.ones < 100 {
        words.push("and".to_owned());
    }
    if groups.ones > 0 {
        hundreds(&mut words, groups.ones);
    }
    words
}

fn hundreds(words: &mut Vec<String>, group: u64) {
    if group >= 100 {
        words.push(word(&ONES, group / 100).to_owned());
        words.push("hundred".to_owned());
        if !group.is_multiple_of(100) {
            words.push("and".to_owned());
        }
    }
    let last_two = group % 100;
    if last_two >= 20 {
        let tens = word(&TENS, last_two / 10);
        let ones = word(&ONES, last_two % 10);
        if ones.is_empty() {
            words.push(tens.to_owned());
        } else {
            words.push(format!("{tens}-{ones}"));
        }
    } else if last_two > 0 {
        words.push(word(&ONES, last_two).to_owned());
    }
}
