commissions-name-central = Центральная избирательная комиссия
# $area: name of the district, city or region as the classifier has it
commissions-name-territorial = Территориальная избирательная комиссия: { $area }
# $area: № 448
commissions-name-precinct = Участковая избирательная комиссия { $area }
commissions-dates = Последний день раньше первого.
commissions-size = Закон не допускает такого числа членов: в Центральной и территориальной комиссии – 7, в участковой – нечётное число от 5 до 11.
commissions-area-kind = Комиссия этого уровня не может быть образована для такой территории.
commissions-area-taken = На этой территории в это время уже есть комиссия.
commissions-parent = Вышестоящей должна быть комиссия следующего уровня.
commissions-already-seated = Этот человек в это время уже входит в состав комиссии.
commissions-office-taken = Эту должность в это время занимает другой. Сначала прекратите его полномочия.
commissions-full = Все места в комиссии в это время заняты.
commissions-last-day = Последний день должен приходиться на время полномочий члена комиссии.
commissions-already-ended = Полномочия этого члена комиссии уже прекращены.
commissions-number = Укажите номер, как он стоит на документе, не длиннее 30 знаков.
commissions-number-taken = У комиссии в этом году уже есть решение с таким номером.
commissions-future = Решение не может быть принято в день, который ещё не наступил.
commissions-dissent = Для особого мнения нужны текст и член комиссии, входивший в её состав в этот день.
commissions-vote-no-quorum = Присутствовало слишком мало членов: нужно не меньше { $needed } (статья 20, пункт 4).
commissions-vote-not-passed = Решение не принято: нужно не меньше { $needed } голосов «за» – больше половины от общего числа членов (статья 20, пункт 5).
commissions-vote-no-members = В этот день в комиссии не было членов.
commissions-vote-too-many-present = Присутствующих больше, чем членов комиссии.
commissions-vote-too-many-votes = Голосов больше, чем присутствующих.
commissions-vote-passed = Это решение принято; выберите его вид.
