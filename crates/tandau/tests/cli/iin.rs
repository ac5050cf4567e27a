use super::Folder;

/// Made up here: 15 March 1985, male; 29 February 2000, female.
const MALE: &str = "850315300418";

/// The number with its check digit, by the rule written out anew: sum of digit × place, modulo 11; ten is
/// tried again with the weights that begin at three.
fn with_check_digit(eleven: &str) -> Option<String> {
    let digits: Vec<u32> = eleven.chars().map(|c| c.to_digit(10).unwrap()).collect();
    let sum = |shift: usize| -> u32 {
        (0..11)
            .map(|i| digits[i] * u32::try_from((i + shift) % 11 + 1).unwrap())
            .sum::<u32>()
            % 11
    };
    [sum(0), sum(2)]
        .into_iter()
        .find(|d| *d < 10)
        .map(|d| format!("{eleven}{d}"))
}

#[test]
fn numbers_are_checked_one_by_one() {
    let folder = Folder::new();
    let male = with_check_digit(&MALE[..11]).unwrap();
    let female = with_check_digit("00022960012").unwrap();
    let ended = folder
        .run(&["iin", &male, &female, "--format", "json"])
        .expect(0);
    let json = ended.json();
    assert_eq!(json["valid"], true);
    assert_eq!(json["numbers"][0]["number"], male.as_str());
    assert_eq!(json["numbers"][0]["born"], "1985-03-15");
    assert_eq!(json["numbers"][0]["sex"], "male");
    assert_eq!(json["numbers"][1]["born"], "2000-02-29");
    assert_eq!(json["numbers"][1]["sex"], "female");
    assert!(ended.err.is_empty());
}

#[test]
fn every_other_last_digit_is_invalid() {
    let folder = Folder::new();
    let right = with_check_digit(&MALE[..11]).unwrap();
    let all: Vec<String> = (0..10).map(|d| format!("{}{d}", &MALE[..11])).collect();
    let mut line = vec!["iin", "--format", "json"];
    line.extend(all.iter().map(String::as_str));
    let json = folder.run(&line).expect(1).json();
    assert_eq!(json["valid"], false);
    for (number, told) in all.iter().zip(json["numbers"].as_array().unwrap()) {
        assert_eq!(told["valid"], *number == right, "{told}");
    }
}

#[test]
fn nothing_is_trimmed_or_forgiven() {
    let folder = Folder::new();
    let right = with_check_digit(&MALE[..11]).unwrap();
    let spaced = format!(" {right}");
    let broken = format!("{right}\n");
    let arabic: String = right
        .chars()
        .map(|c| char::from_u32(0x0660 + c.to_digit(10).unwrap()).unwrap())
        .collect();
    for wrong in [
        "",
        "1",
        &right[..11],
        &spaced,
        &broken,
        &arabic,
        "850315700418",
        "851315300418",
        "-50315300418",
        "\u{1b}[31m00000000",
    ] {
        let ended = folder.run(&["iin", &right, wrong]).expect(1);
        assert!(!ended.out.contains('\u{1b}'), "nothing steers the terminal");
        let json = folder
            .run(&["iin", "--format", "json", &right, wrong])
            .expect(1)
            .json();
        assert_eq!(json["numbers"][0]["valid"], true);
        assert_eq!(json["numbers"][1]["valid"], false, "{wrong:?}");
        assert_eq!(json["numbers"][1]["number"], wrong);
    }
}
