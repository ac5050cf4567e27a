results-home-title = Результаты
results-home-empty = Здесь пока нет ни одних выборов.
results-now-before = Голосование состоится { $date }
results-now-voting = Идёт голосование: { $open ->
    [one] открыт { $open } участок
    [few] открыты { $open } участка
   *[other] открыто { $open } участков
 } из { $total }
results-now-closing = Участки закрываются: { $closed ->
    [one] закрыт { $closed }
    [few] закрыты { $closed }
   *[other] закрыто { $closed }
 } из { $total }
results-now-counting = Голоса подсчитаны на { $counted ->
    [one] { $counted } участке
    [few] { $counted } участках
   *[other] { $counted } участках
 } из { $total }
results-now-counted = Голоса подсчитаны на всех участках: { $total }
results-now-determined = Итоги всех { $count } выборов установлены
results-now-published = Итоги выборов опубликованы
results-lead-before = В день голосования { $count ->
    [one] откроется { $count } участок
    [few] откроются { $count } участка
   *[other] откроются { $count } участков
 }.
results-lead-turnout = { $at }: бюллетени получили { $share } избирателей (сообщили { $stations } из { $total } участков).
results-contests-title = Территории
results-outcomes-title = Итоги
results-lead-embargo = Голоса показываются после закрытия последнего участка: { $when }.
results-lead-counting = Выборы, по которым приняты все протоколы: { $complete } из { $total }. Остальные протоколы появляются на этой странице по мере принятия комиссиями.
results-lead-counted = Комиссии устанавливают итоги: это сделано по { $determined } из { $total } выборов.
results-lead-determined = { $elected ->
    [one] Избран { $elected } аким.
    [few] Избраны { $elected } акима.
   *[other] Избрано { $elected } акимов.
 }
results-lead-determined-repeat = { $elected ->
    [one] Избран { $elected } аким.
    [few] Избраны { $elected } акима.
   *[other] Избрано { $elected } акимов.
 } Повторные выборы пройдут на территориях: { $repeat }.
results-as-of = По состоянию на { $when }
results-figure-contests = выборов: { $districts ->
    [one] { $districts } район
    [few] { $districts } района
   *[other] { $districts } районов
 }, { $towns ->
    [one] { $towns } город
    [few] { $towns } города
   *[other] { $towns } городов
 }
results-figure-stations = { $count ->
    [one] избирательный участок
    [few] избирательных участка
   *[other] избирательных участков
 }
results-figure-voters = { $count ->
    [one] избиратель в списках
    [few] избирателя в списках
   *[other] избирателей в списках
 }
results-figure-candidates = { $count ->
    [one] кандидат в бюллетенях
    [few] кандидата в бюллетенях
   *[other] кандидатов в бюллетенях
 }
results-progress-title = Состояние протоколов: те же числа в списке ниже
results-progress-accepted = принято
results-progress-checking = проверяется
results-progress-returned = возвращено на пересчёт или с расхождениями
results-progress-missing = ожидается
results-map-turnout = Явка по территориям
results-map-where = Где пройдёт голосование
results-map-area-where = { $area }: { $count ->
    [one] { $count } участок
    [few] { $count } участка
   *[other] { $count } участков
 }
results-row-stations = { $count ->
    [one] { $count } участок
    [few] { $count } участка
   *[other] { $count } участков
 }
results-steps-title = Ближайшие шаги
results-prepare-title = Как готовятся выборы
results-map-counted = Подсчитанные участки по территориям
results-map-counted-percent = Подсчитанные участки по областям, в процентах
results-map-desc = Каждая территория ведёт на свою страницу. Те же данные есть в списке выборов.
results-map-desc-percent = Числа на карте – процент подсчитанных участков. Те же данные есть в таблице областей.
results-map-area-counted = { $area }: подсчитано { $counted } из { $expected } участков
results-map-area-turnout = { $area }: явка { $share }
results-key-few = пока мало
results-key-half = около половины
results-key-all = подсчитаны все
results-key-from = { $share } и больше
results-same-in-table = Те же данные в списке
results-find-title = Найдите свой участок
results-find-label = Номер участка, село или улица
results-find-button = Найти
results-find-example = Например: 448 или Приозёрск
results-open-first = Сначала те, где идёт подсчёт
results-all-contests = Все выборы: { $count }
results-check-title = Как нас проверить
results-check-protocol-title = Сравните протокол
results-check-protocol-text = На странице каждого участка подписанная бумага показана рядом с учтёнными числами.
results-check-sum-title = Посчитайте итог сами
results-check-sum-text = Скачайте все данные в CSV и JSON. В них каждый протокол и каждая его версия.
results-check-log-title = Проверьте журнал
results-check-log-text = Подписанный журнал доказывает, что ни одна запись не изменена задним числом.
results-contest-elected = Избран: { $name }
results-contest-counted = Подсчитаны все
results-contest-counting = Идёт подсчёт
results-contest-returned = { $count ->
    [one] { $count } протокол возвращён
    [few] { $count } протокола возвращены
   *[other] { $count } протоколов возвращено
 }
results-contest-before = Голосование ещё не началось
results-contest-voting = Идёт голосование
results-contest-waiting = Ожидаются протоколы
results-contest-recount = Идёт пересчёт
results-outcome-recount = Идёт пересчёт: этот итог будет установлен заново
results-register-recount = Идёт пересчёт: сначала установите итог заново.
results-lead-recount = Территорий, где идёт пересчёт: { $count }.
results-outcome-elected = Избран
results-outcome-tie = Равенство голосов: будут повторные выборы
results-outcome-no-votes = Ни один кандидат не получил голосов: будут повторные выборы
results-outcome-invalid = Выборы признаны недействительными
results-why-elected = Получил больше голосов, чем любой другой кандидат: на { $margin } больше следующего.
results-why-tie = Наибольшее число голосов поровну получили несколько кандидатов: по { $votes }.
results-why-no-votes = Все протоколы учтены, но ни за одного кандидата не подано голосов.
results-why-invalid = Территориальная комиссия признала выборы недействительными.
results-decision = Постановление комиссии № { $number } от { $on }
results-basis = Основание: { $article }.
results-registered = Зарегистрирован: полномочия с { $since }. Заявление о сложении несовместимых обязанностей подано { $resigned }.
results-registered-late = { $days ->
    [one] регистрация на { $days } день позже срока
    [few] регистрация на { $days } дня позже срока
   *[other] регистрация на { $days } дней позже срока
 }
results-earlier-versions = { $count ->
    [one] Этот итог исправлялся; прежняя версия: { $count }.
    [few] Этот итог исправлялся; прежних версий: { $count }.
   *[other] Этот итог исправлялся; прежних версий: { $count }.
 }
results-elected = избран
results-against-all = Против всех
results-against-all-note = Учитывается, но победить не может
results-by-self = Самовыдвижение
results-by-superior-akim = Выдвинут вышестоящим акимом
results-by-party = Выдвинут партией
results-votes = { $count ->
    [one] { $count } голос
    [few] { $count } голоса
   *[other] { $count } голосов
 }
results-share-note = Доли – от числа принявших участие в голосовании: { $base }. Недействительные бюллетени ({ $invalid }) в это число не входят. Порядок как в бюллетене.
results-share-of = Доли – от числа принявших участие: { $base }.
results-embargo-note = Голоса показываются только после закрытия последнего участка, голосующего в этот день: ни одно число не должно повлиять на тех, кто ещё голосует.
results-nothing-counted = Пока не принят ни один протокол.
results-votes-title = Голоса
results-ballot-title = Бюллетень
results-turnout-title = Явка
results-turnout-sentence = получили бюллетени: { $part } из { $whole } избирателей в списках
results-turnout-by-protocols = По всем протоколам.
results-turnout-reporting = { $at }: сообщили { $stations } из { $total } участков. Доля – от списков сообщивших участков.
results-turnout-none = Сообщений ещё нет.
results-turnout-chart = Явка в течение дня
results-turnout-table = Те же данные в таблице
results-x-of-y = { $part } из { $whole }
results-stations-counted = Подсчитано участков: { $counted } из { $expected }
results-stations-title = Участки и протоколы
results-stations-caption = Номер участка ведёт к его протоколу.
results-number = № { $number }
results-col-station = Участок
results-col-on-list = В списке
results-col-received = Получили бюллетени
results-col-took-part = Приняли участие
results-col-invalid = Недействи­тельны
results-col-protocol = Протокол
results-col-hour = Час
results-col-reporting = Сообщили участки
results-col-turnout = Явка
results-col-region = Область
results-col-contests = Выборы
results-col-counted = Подсчитано
results-col-line = Строка
results-col-in-protocol = В протоколе
results-col-check = Проверка
results-protocol-expected = Протокол ожидается
results-protocol-submitted = Протокол проверяется
results-protocol-submitted-with-faults = Отправлен с расхождениями
results-protocol-returned = Возвращён на пересчёт
results-protocol-accepted = Протокол принят
results-protocol-accepted-with-act = Принят с актом
results-published-title = Опубликованные данные
results-published-text = Эти данные опубликованы другими, источник указан рядом. Люди и голоса на этой странице из них не выведены.
results-published-what = Что посчитано
results-published-figure = Число
results-published-source = Источник
results-synthetic = Люди, данные участков и голоса вымышлены; названия территорий настоящие.
results-sourcing-probable = Источники не называют эту территорию прямо; её участие в пилоте вероятно.
results-sourcing-none = Эту территорию не называет ни один источник: место сохранено, название не указано.
results-regions-title = По областям
results-regions-caption = Суммы складываются из принятых протоколов; название области ведёт к её выборам.
results-total = Всего
results-screen-link = Экран для зала
results-station-title = Избирательный участок № { $number }
results-choose-station = Такой номер есть в нескольких областях. Выберите нужный.
results-version-at = версия { $number }, { $when }
results-version = Версия { $number }
results-row-place = Место
results-row-address = Адрес
results-row-hours = Голосование
results-row-access = Доступность
results-row-special = Особый участок
results-row-on-list = Избирателей в списке
results-row-commission = Комиссия
results-opened = Участок открылся в { $from }
results-opened-closed = Открылся в { $from }, закрылся в { $until }
results-step-free = вход без ступеней
results-steps = на входе есть ступени
results-special = Особый участок
results-members = { $count ->
    [one] { $count } член
    [few] { $count } члена
   *[other] { $count } членов
 }
results-chair = председатель { $name }
results-all-members = Все члены
results-office-chair = председатель
results-office-deputy = заместитель председателя
results-office-secretary = секретарь
results-office-member = член комиссии
results-station-votes = Голоса на этом участке
results-no-protocol = Протокол этого участка ещё не поступил.
results-protocol-title = Подписанный протокол
results-old-version = Это прежняя версия { $number }. В итог входит последняя принятая версия.
results-paper-alt = Снимок подписанного протокола
results-paper-open = Открыть подписанный протокол (PDF)
results-paper-caption = Подписанная бумага, версия { $number }. Нажмите, чтобы открыть в полном размере.
results-no-paper = Подписанная бумага не приложена.
results-paper-former = Прежний снимок, { $when }
results-lines-caption = Строки протокола и их проверка
results-findings-title = Что не сходится
results-explained = Пояснение участка: { $text }
results-all-checks-hold = Числа прошли все проверки.
results-accepted-by = Принял: { $office }, { $when }.
results-events-title = Что происходило
results-event-sent = Участок отправил версию { $number }.
results-event-sent-with-faults = Участок отправил версию { $number } так, как записано в бумаге, с расхождениями.
results-event-returned = Вышестоящая комиссия вернула версию { $number } на пересчёт.
results-event-reopened = Вышестоящая комиссия назначила пересчёт по принятой версии { $number }.
results-event-paper = Участок приложил к версии { $number } ещё один снимок бумаги.
results-event-no-paper = Снимка бумаги нет: { $reason }
results-event-accepted = Вышестоящая комиссия приняла версию { $number }.
results-event-accepted-with-act = Вышестоящая комиссия приняла версию { $number } с актом № { $under }.
results-not-all-accepted = Приняты ещё не все протоколы: { $accepted } из { $expected }. Итог устанавливается, когда приняты все.
results-nobody-elected = На этих выборах никто не избран: регистрировать некого.
results-registered-already = Избранное лицо уже зарегистрировано.
results-resignation-needed = Укажите дату письменного заявления о сложении несовместимых обязанностей: без него регистрация невозможна.
results-resignation-after-registration = Заявление должно быть подано не позже дня постановления о регистрации.
results-measure-against-all = Против всех
results-measure-average-age-of-elected = Средний возраст избранных, лет
results-measure-candidates-on-ballot = Кандидатов в бюллетене
results-measure-candidates-on-ballots = Кандидатов в бюллетенях
results-measure-cities-of-regional-significance = Городов областного значения
results-measure-commission-members = Членов комиссий
results-measure-commissions = Комиссий
results-measure-commissions-city = Городских комиссий
results-measure-commissions-district = Районных комиссий
results-measure-commissions-precinct = Участковых комиссий
results-measure-commissions-regional = Областных комиссий
results-measure-contests = Избираемых акимов
results-measure-districts = Районов
results-measure-incumbents-reelected = Переизбрано действующих акимов
results-measure-nominated = Выдвинуто
results-measure-nominated-by-parties = Выдвинуто партиями
results-measure-nominated-self = Самовыдвижение
results-measure-nominated-women = Выдвинуто женщин
results-measure-observers = Наблюдателей
results-measure-polling-stations = Избирательных участков
results-measure-proxies-observers-media-approx = Доверенных лиц, наблюдателей, СМИ (примерно)
results-measure-received-ballots = Получили бюллетени
results-measure-registered = Зарегистрировано кандидатов
results-measure-registered-by-parties = Зарегистрировано от партий
results-measure-registered-self = Зарегистрировано самовыдвиженцев
results-measure-registered-women = Зарегистрировано женщин
results-measure-shift-workers = Вахтовых работников
results-measure-took-part-as-published = Приняли участие (как опубликовано)
results-measure-turnout = Явка
results-measure-valid-sum = Голосов по всем строкам
results-measure-voted = Проголосовало
results-measure-voted-approx = Проголосовало (примерно)
results-measure-voted-outside-premises = Проголосовало вне помещения
results-measure-voters-on-lists = Избирателей в списках
results-measure-voters-on-lists-more-than = Избирателей в списках (более)
results-measure-votes = Голоса

results-office-outcome-title = Определить итог выборов
results-office-outcome-decision = Об итогах выборов: { $of }
results-office-by-rules = Что следует из голосов по закону
results-office-incomplete = Приняты ещё не все протоколы: определить итог нельзя, можно только признать выборы недействительными
results-office-before = Уже определено: { $outcome }. Новое решение станет новой версией, прежняя останется доступной.
results-office-decision = Решение комиссии
results-office-invalid = Комиссия признаёт выборы недействительными
results-office-invalid-hint = Только при нарушениях, которые не позволяют установить волю избирателей. После этого выборы проводятся повторно.
results-office-reason = Почему выборы признаются недействительными
results-office-determine = Определить итог
results-office-elected-title = Зарегистрировать избранное лицо
results-office-elected-decision = О регистрации избранного лица: { $of }
results-office-resigned = Дата письменного отказа от несовместимых обязанностей
results-office-resigned-hint = Без него регистрация невозможна. Полномочия начинаются в день регистрации.
results-office-register = Зарегистрировать
done-outcome-determined = Итог выборов определён.
done-elected-registered = Избранное лицо зарегистрировано.
results-map-attribution = Границы: { $who }
results-grounds-title = На чём основаны выборы в округе
results-ground-act = Акт о территории и дне выборов
results-ground-call = Решение о назначении выборов
results-search-title = Поиск
results-search-label = Участок, территория, кандидат или комиссия
results-search-stations = Избирательные участки
results-search-areas = Территории
results-search-candidates = Кандидаты
results-search-commissions = Комиссии
results-search-none = По запросу «{ $words }» ничего не найдено. Попробуйте меньше слов или номер участка.
results-search-all-stations = Все найденные участки: { $count }
results-lead-later = { $open ->
    [one] На { $open } территории голосование пройдёт в другой день.
    [few] На { $open } территориях голосование пройдёт в другой день.
   *[many] На { $open } территориях голосование пройдёт в другой день.
 }
results-contest-later = Голосование { $day }
results-turnout-remembered = Эти часы сообщений указаны по памяти, источник не найден: { $slots }.
results-turnout-at = { $at }: сообщили { $stations } из { $total } участков
results-from-protocols = по всем протоколам
results-received-at = { $received } ({ $at })
results-turnout-corrected = Исправлено с { $before } на { $after } ({ $when }): { $reason }
results-repeat-term = { $months ->
    [one] В течение { $months } месяца, не позднее { $until }, на тех же участках и по тем же спискам пройдут повторные выборы.
    [few] В течение { $months } месяцев, не позднее { $until }, на тех же участках и по тем же спискам пройдут повторные выборы.
   *[many] В течение { $months } месяцев, не позднее { $until }, на тех же участках и по тем же спискам пройдут повторные выборы.
 }
results-repeat-without-term = Пройдут повторные выборы; срок в найденных правилах не указан.
results-appeal-until = { $days ->
    [one] Решение можно обжаловать в течение { $days } дня, до { $until } включительно (ст. { $article }).
    [few] Решение можно обжаловать в течение { $days } дней, до { $until } включительно (ст. { $article }).
   *[many] Решение можно обжаловать в течение { $days } дней, до { $until } включительно (ст. { $article }).
 }
results-repeats = Это повторные выборы; первое голосование – { $day }
results-repeated-by = Повторные выборы назначены, голосование – { $day }
results-repeat-title = Повторные выборы: { $of }
results-repeat-calendar = Срок для повторных выборов установила комиссия: обычный срок отсчитывается от дня голосования и приходится на время до назначения.
results-repeat-not-needed = Повторные выборы здесь не нужны: нет ни равенства голосов, ни признания выборов недействительными.
results-repeat-called-already = Повторные выборы уже назначены.
results-repeat-nomination-after-call = Выдвижение должно закончиться после дня решения.
results-repeat-registration-order = Регистрация не может закончиться раньше выдвижения.
results-repeat-voting-order = День голосования должен быть после окончания регистрации и не раньше завтрашнего дня.
results-repeat-too-late = По закону не позднее { $until }.
results-office-repeat-title = Назначение повторных выборов
results-office-repeat-decision = О назначении повторных выборов: { $of }
results-office-repeat-lead = У повторных выборов будут своя страница и свой календарь; участки и списки избирателей – те же.
results-office-repeat-day = Новый день голосования
results-office-repeat-nomination = Последний день выдвижения
results-office-repeat-own-days = Сроки выдвижения и регистрации устанавливает комиссия: обычные приходятся на время до назначения.
results-office-repeat-registration = Последний день регистрации
results-office-repeat-call = Назначить повторные выборы
done-repeat-called = Повторные выборы назначены.
results-sums-title = Суммы по всем строкам
results-sums-caption = Каждая строка протокола, сложенная по принятым протоколам. Строка ведёт к своим протоколам.
results-col-sum = Сумма
results-line-caption = Эта строка по участкам
results-paper-title = Протокол территориальной избирательной комиссии о результатах выборов
results-paper-protocol = Протокол об итогах (PDF)
results-paper-decision = Решение комиссии (PDF)
results-paper-blank = Бланк протокола для заполнения от руки (PDF)
