//! What people write on the day: reasons of a return, explanations, acts.

use super::model::Text3;
use super::relations::Relation;

/// Why a protocol with this broken relation is returned.
pub(super) fn reason(relation: Relation) -> Text3 {
    let (kk, ru, en) = match relation {
        Relation::R1 => (
            "Алынған бюллетеньдер саны берілген және күші жойылған бюллетеньдердің қосындысына тең емес. Күші жойылған бюллетеньдерді қайта санаңыздар.",
            "Число полученных бюллетеней не равно сумме выданных и погашенных. Пересчитайте погашенные бюллетени.",
            "Ballots received do not equal ballots issued plus ballots cancelled. Count the cancelled ballots again.",
        ),
        Relation::R2 => (
            "Комиссия мүшелері берген бюллетеньдердің қосындысы бюллетень алған сайлаушылар санына тең емес. Тізімдегі қолдарды мүшелер бойынша салыстырыңыздар.",
            "Сумма бюллетеней, выданных членами комиссии, не равна числу избирателей, получивших бюллетени. Сверьте подписи в списке по каждому члену.",
            "Ballots issued by the members do not add up to the voters who received ballots. Compare the signatures in the list member by member.",
        ),
        Relation::R3 => (
            "Үй-жайда және одан тыс берілген бюллетеньдердің қосындысы бюллетень алған сайлаушылар санына тең емес.",
            "Сумма бюллетеней, выданных в помещении и вне его, не равна числу избирателей, получивших бюллетени.",
            "Ballots issued in the premises and outside do not add up to the voters who received ballots.",
        ),
        Relation::R4 => (
            "Бюллетень алған сайлаушылар тізімдегі сайлаушылардан көп көрсетілген. Тізім бойынша жиынтық санды тексеріңіздер.",
            "Избирателей, получивших бюллетени, указано больше, чем избирателей в списке. Проверьте итоговое число по списку.",
            "More voters received ballots than there are on the list. Check the total of the list.",
        ),
        Relation::R5 => (
            "Тізімдегі сайлаушылар саны бастапқы санға қосылғандар мен алынып тасталғандарды есептегендегі санға сәйкес келмейді.",
            "Число избирателей в списке не сходится с первоначальным числом с учётом включённых и исключённых.",
            "The voters on the list do not follow from the initial number with those added and removed.",
        ),
        Relation::R6 => (
            "Жәшіктерден алынған бюллетеньдердің жалпы саны стационарлық және тасымалды жәшіктердегі бюллетеньдердің қосындысына тең емес.",
            "Общее число извлечённых бюллетеней не равно сумме бюллетеней в стационарных и переносных ящиках.",
            "The ballots found in total do not equal those in the stationary and portable boxes.",
        ),
        Relation::R7 => (
            "Жәшіктерден табылған бюллетеньдер берілгендерден көп. Әр мүше берген бюллетеньдерді анықтап, бюллетеньдерді қайта санаңыздар.",
            "В ящиках больше бюллетеней, чем выдано. Установите число выданных каждым членом комиссии и пересчитайте бюллетени.",
            "More ballots were found than issued. Establish how many each member issued and count the ballots again.",
        ),
        Relation::R8 => (
            "Тасымалды жәшіктегі бюллетеньдер саны өтініштер санынан артық. Жәшіктің актісі мен өтініштерді салыстырыңыздар.",
            "Бюллетеней в переносном ящике больше, чем заявлений. Сверьте акт о ящике с заявлениями.",
            "A portable box holds more ballots than there are applications. Compare the act on the box with the applications.",
        ),
        Relation::R9 => (
            "Табылған бюллетеньдер дауыс беруге қатысқандар мен жарамсыз бюллетеньдердің қосындысына тең емес. Жарамсыз бюллетеньдерді қайта санаңыздар.",
            "Число извлечённых бюллетеней не равно сумме принявших участие и недействительных. Пересчитайте недействительные бюллетени.",
            "The ballots found do not equal those who took part plus the invalid ballots. Count the invalid ballots again.",
        ),
        Relation::R10 => (
            "Кандидаттарға және «Бәріне қарсы» берілген дауыстардың қосындысы дауыс беруге қатысқандар санына тең емес.",
            "Сумма голосов за кандидатов и «Против всех» не равна числу принявших участие в голосовании.",
            "The votes for the candidates and against all do not add up to those who took part.",
        ),
        Relation::R11 => (
            "Үй-жайдан тыс берілген бюллетеньдер өтініштер санынан бас тартқандарды шегергендегі санға сәйкес емес.",
            "Число бюллетеней, выданных вне помещения, не сходится с числом заявлений за вычетом отказов.",
            "Ballots issued outside do not follow from the applications less refusals.",
        ),
        Relation::R12 => (
            "Есептен шығару куәлігімен дауыс бергендер тізімге қосылғандардан көп көрсетілген.",
            "Проголосовавших по открепительным удостоверениям указано больше, чем включённых в список.",
            "More voters with absentee certificates than voters added to the list.",
        ),
        Relation::R13 => (
            "Алынған бюллетеньдер саны тізімнен бір пайыздан артық асады, түсіндірме берілмеген. Бюллетеньдерді беру актісін тексеріңіздер.",
            "Получено бюллетеней больше, чем список с запасом в один процент, пояснения нет. Проверьте акт передачи бюллетеней.",
            "More ballots received than the list with one percent of reserve, without an explanation. Check the act of delivery.",
        ),
    };
    Text3::new(kk, ru, en)
}

/// Why an unusual figure is right.
pub(super) fn explanation(relation: Relation) -> Text3 {
    match relation {
        Relation::R8 => Text3::new(
            "Бір сайлаушы өтініш берген, бірақ комиссия мүшелері келгенде дауыс беруден бас тартты; бюллетень берілмеді.",
            "Один избиратель подал заявление, но при посещении отказался голосовать; бюллетень не выдан.",
            "One voter had applied but declined to vote when the members came; no ballot was issued.",
        ),
        _ => Text3::new(
            "Бюллетеньдер баспаханадан бөлінбейтін бумалармен келді, артық бюллетеньдер акт бойынша қабылданды.",
            "Бюллетени пришли из типографии неделимыми пачками, лишние приняты по акту.",
            "The ballots came from the printer in whole bundles; the surplus was taken over by an act.",
        ),
    }
}

/// Fault and decision of an act on ballots that are missing from the count of cancelled ones.
pub(super) fn act(missing: u32) -> (Text3, Text3) {
    (
        Text3::new(
            format!(
                "Күші жойылған бюллетеньдер екі рет саналды: {missing} бюллетень жетіспейді (R1)."
            ),
            format!(
                "Погашенные бюллетени пересчитаны дважды: недостаёт бюллетеней: {missing} (R1)."
            ),
            format!("The cancelled ballots were counted twice: ballots missing: {missing} (R1)."),
        ),
        Text3::new(
            "Айырма дауыс беру нәтижесіне әсер етпейді. Хаттама актімен бірге қабылдансын.",
            "Расхождение не влияет на результат голосования. Принять протокол с актом.",
            "The difference does not affect the result of voting. The protocol is accepted with the act.",
        ),
    )
}

/// Why an earlier turnout figure is replaced.
pub(super) fn turnout_correction() -> Text3 {
    Text3::new(
        "Алдыңғы сан қате терілген: цифрлардың орны ауысқан. Тізімдегі қолдар бойынша түзетілді.",
        "Предыдущее число набрано с ошибкой: переставлены цифры. Исправлено по подписям в списке.",
        "The earlier figure was mistyped: digits were swapped. Corrected by the signatures in the list.",
    )
}

/// Why the late station is late.
pub(super) fn late() -> Text3 {
    Text3::new(
        "Боран жолды жауып қалды: учаске кеш ашылды, хаттама жол ашылғаннан кейін жеткізілді.",
        "Дорогу замело: участок открылся поздно, протокол доставлен после расчистки дороги.",
        "Snow closed the road: the station opened late and the protocol came after the road was cleared.",
    )
}
