//! A certificate of an invented person.

use crate::{CertificatePaper, PaperLanguage, ProgrammeFact};

pub(crate) fn certificate() -> CertificatePaper {
    CertificatePaper {
        language: PaperLanguage::Kk,
        issuer: "Орталық сайлау комиссиясы".to_owned(),
        title: "Оқудан өткені туралы сертификат".to_owned(),
        name: "Айжан Әбдіқызы Сынақова".to_owned(),
        sentence: "мына бағдарлама бойынша оқып, тесттен өтті".to_owned(),
        programme: "Учаскелік сайлау комиссиясының мүшелері: дауыс беру күні".to_owned(),
        facts: vec![ProgrammeFact {
            label: "Күні".to_owned(),
            text_value: "2023 жылғы 2 қазан".to_owned(),
        }],
        verify: "Тексеру үшін кодты сканерлеңіз немесе мекенжайды теріңіз.".to_owned(),
        address: "tandau.kz/certificates/ABCD-EFGH-JKLM-NPQR".to_owned(),
        qr: (0..29)
            .map(|y| (0..29).map(|x| (x * 7 + y * 3) % 5 < 2).collect())
            .collect(),
        foot: "Tandau".to_owned(),
        synthetic: true,
        ..CertificatePaper::default()
    }
}
