/// A key for search that forgives diacritics, case, punctuation and the keyboard at hand.
///
/// Kazakh letters fall together with their nearest Russian ones (Қ and К, Ә and А, Ң and Н, Ғ and Г, Ү Ұ У, Ө and О, І Ы and И,
/// Һ and Х), Ё with Е, Й with И; hard and soft signs and apostrophes vanish; accents on Latin letters vanish; other punctuation
/// separates words. Words are separated by single spaces. Folding twice changes nothing.
#[must_use]
pub fn fold(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut gap = false;
    for c in text.chars().flat_map(char::to_lowercase) {
        match folded(c) {
            Folded::Letter(letter) => push(&mut out, &mut gap, letter),
            Folded::Pair(first, second) => {
                push(&mut out, &mut gap, first);
                push(&mut out, &mut gap, second);
            }
            Folded::Nothing => {}
            Folded::Gap => gap = true,
        }
    }
    out
}

enum Folded {
    Letter(char),
    Pair(char, char),
    Nothing,
    Gap,
}

fn push(out: &mut String, gap: &mut bool, letter: char) {
    if *gap && !out.is_empty() {
        out.push(' ');
    }
    *gap = false;
    out.push(letter);
}

fn folded(c: char) -> Folded {
    let letter = match c {
        'қ' => 'к',
        'ә' => 'а',
        'ң' => 'н',
        'ғ' => 'г',
        'ү' | 'ұ' => 'у',
        'ө' => 'о',
        'і' | 'й' | 'ї' | 'ы' => 'и',
        'һ' => 'х',
        'ё' => 'е',
        'ъ' | 'ь' | '\'' | '’' | 'ʼ' | '‘' | '`' | '\u{ad}' => return Folded::Nothing,
        // Accents that come as characters of their own.
        '\u{300}'..='\u{36f}' => return Folded::Nothing,
        'ß' => return Folded::Pair('s', 's'),
        'æ' => return Folded::Pair('a', 'e'),
        other => latin_base(other).unwrap_or(other),
    };
    if letter.is_alphanumeric() {
        Folded::Letter(letter)
    } else {
        Folded::Gap
    }
}

/// The letter under an accent, for the Latin letters that names in this country are romanised with, and their neighbours.
pub(super) fn latin_base(c: char) -> Option<char> {
    const BASES: [(char, &str); 19] = [
        ('a', "àáâãäåāăą"),
        ('c', "çćĉċč"),
        ('d', "ďđ"),
        ('e', "èéêëēĕėęěə"),
        ('g', "ĝğġģǵǧ"),
        ('h', "ĥħ"),
        ('i', "ìíîïĩīĭįı"),
        ('j', "ĵ"),
        ('k', "ķ"),
        ('l', "ĺļľŀł"),
        ('n', "ñńņňŋ"),
        ('o', "òóôõöøōŏő"),
        ('r', "ŕŗř"),
        ('s', "śŝşšș"),
        ('t', "ţťŧț"),
        ('u', "ùúûüũūŭůűų"),
        ('w', "ŵ"),
        ('y', "ýÿŷ"),
        ('z', "źżž"),
    ];
    let found = BASES.iter().find(|(_, accented)| accented.contains(c));
    found.map(|(base, _)| *base)
}
