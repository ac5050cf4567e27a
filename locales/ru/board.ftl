# Открытые страницы о готовности участков.
board-nav = Готовность
board-title = Готовность избирательных участков
board-title-of = Готовность: { $name }
board-nothing = Участки ещё не отвечали на вопросы о готовности.
board-nothing-here = В этих выборах здесь нет участков, или к этому дню данных ещё не было.
board-nothing-station = К этому дню данных о готовности участка ещё не было.
board-no-day = Укажите день в виде год-месяц-день: 2023-10-02.
board-future-day = Этот день ещё не наступил. Сегодня { $today }.
board-no-section = В опросном листе нет такого раздела.
board-no-days = Укажите число дней от 1 до { $max }.
board-as-of-now = По состоянию на { $when }
board-as-of-day = По состоянию на конец дня { $day }
board-sentence-left = Готовы { $ready } из { $stations } участков; до голосования { $days ->
    [one] остался { $days } день
    [few] осталось { $days } дня
   *[many] осталось { $days } дней
 }
board-sentence-today = Готовы { $ready } из { $stations } участков; сегодня день голосования
board-sentence-over = Были готовы { $ready } из { $stations } участков
board-place-sentence = { $name }: готовы { $ready } из { $stations } участков
board-station-sentence = Избирательный участок № { $number }: { $state }
board-station-short = Участок № { $number }
board-station-named = № { $number }, { $name }
board-lead = { $count ->
    [0] Невыполненных пунктов нет.
    [one] Не выполнен { $count } пункт, из них особо важных: { $critical }.
    [few] Не выполнены { $count } пункта, из них особо важных: { $critical }.
   *[many] Не выполнено { $count } пунктов, из них особо важных: { $critical }.
 }
board-lead-disputed = Пунктов, по которым ответы расходятся: { $count }.
board-coverage = Есть ответ: { $answered } из { $expected } пунктов
board-section = Раздел: { $title }
board-all-sections = Показать все разделы
board-figure-ready = участков готовы, из { $stations }
board-figure-in-order = пунктов в порядке, из { $expected }
board-figure-unmet = пунктов не выполнено, из них особо важных: { $critical }
board-figure-unanswered = пунктов без ответа, из { $expected }
board-figure-days = { $days ->
    [one] день до голосования
    [few] дня до голосования
   *[many] дней до голосования
 }
board-bar-title = Все пункты по состоянию: те же числа в списке ниже
board-bar-in-order = в порядке
board-bar-unmet = не выполнено или ответы расходятся
board-bar-unanswered = нет ответа
board-standing-ready = Готов
board-standing-critical = Не выполнены особо важные пункты
board-standing-unmet = Есть невыполненные пункты
board-standing-answering = Ответы ещё поступают
board-standing-nothing = Ответов ещё нет
board-status-met = в порядке
board-status-unmet = не выполнено
board-status-na = не требуется
board-status-disputed = ответы расходятся
board-status-unanswered = нет ответа
board-status-again = Спрашивается снова
board-map-title = Доля готовых участков
board-map-desc = Каждая территория ведёт на свою страницу. Те же числа приведены в таблице.
board-map-area = { $name }: готовы { $ready } из { $stations } участков, невыполненных пунктов: { $unmet }
board-key-none = нет или мало
board-key-half = около половины
board-key-all = готовы все
board-same-in-table = То же в таблице
board-regions-title = Области
board-districts-title = Районы и города
board-stations-title = Участки
board-total = Всего
board-col-region = Область
board-col-district = Район или город
board-col-station = Участок
board-col-section = Раздел
board-col-item = Пункт
board-col-state = Состояние
board-col-ready = Готовы
board-col-unmet = Не выполнено
board-col-critical = Особо важные
board-col-unanswered = Нет ответа
board-col-last = Последнее сообщение
board-col-since = С какого времени
board-col-due = Срок
board-col-day = День
board-col-commission = Комиссия
board-col-signed = Подписано
board-col-then = Было готово
board-col-now = Готово сейчас
board-never = не было
board-critical = особо важно
board-late = срок прошёл
board-of = { $part } из { $whole }
board-last-report = Последнее сообщение: { $when }
board-trend-title = Невыполненные пункты по дням
board-trend-desc = Сейчас { $count }. { $sentence }
board-trend-table = Те же числа в таблице
board-forecast = { $day } при нынешнем ходе останется невыполненных пунктов: около { $expected } (от { $from } до { $until }).
board-forecast-label = ≈ { $expected } ({ $from }–{ $until })
board-forecast-few = Сколько пунктов останется ко дню голосования, сказать пока нельзя: нужны данные за { $days ->
    [one] { $days } день
    [few] { $days } дня
   *[many] { $days } дней
 }.
board-forecast-answering = Сколько пунктов останется ко дню голосования, сказать пока нельзя: нет ответа на { $count } из { $whole } пунктов, и невыполненное ещё только выявляется.
board-forecast-method = Как посчитано: медиана изменений между всеми парами последних дней (дней: { $days }; за день { $pace }), продолженная от сегодняшнего числа (метод Тейла – Сена); в девяти случаях из десяти темп лежит в показанных пределах (Сен). Решение, принятое завтра, может всё изменить.
board-sections-title = По разделам
board-section-under = не выполнено { $unmet }, из них особо важных { $critical }; без ответа { $unanswered }
board-changes-title = Что изменилось за день
board-changes-none = Со вчерашнего дня ни один участок не стал готов и ни у одного не прибавилось невыполненных пунктов.
board-became-ready = стали готовы: { $count }
board-became-lost = перестали быть готовы: { $count }
board-became-worse = невыполненного стало больше: { $count }
board-turned-ready = Стали готовы
board-turned-lost = Перестали быть готовы
board-turned-worse = Невыполненного больше, чем накануне
board-more = и ещё { $count }
board-worst-title = Где нужна помощь прежде всего
board-worst-order = Сначала по особо важным невыполненным пунктам, затем по всем невыполненным, затем по пунктам без ответа.
board-worst-districts = Районы и города
board-worst-stations = Участки
board-worst-none = Всё в порядке.
board-silent-title = Участки, от которых нет вестей
board-silent-label = Нет сообщений столько дней
board-show = Показать
board-silent-none = Все участки сообщали о себе в последние дни (дней: { $days }).
board-silent-some = Участков без сообщений за { $days ->
    [one] { $days } день
    [few] { $days } дня
   *[many] { $days } дней
 }: { $stations }. Первыми стоят те, кто молчит дольше всех.
board-signed-title = Подписали готовность
board-signed-counts = Подписали: участковые комиссии – { $precinct } из { $precincts }, комиссии районов и городов – { $district } из { $districts }, комиссии областей – { $region } из { $regions }.
board-signed-none = Комиссия этой территории ещё не подписала.
board-signed-by = { $level }: { $name }
board-level-central = Центральная комиссия
board-level-region = Комиссия области
board-level-district = Комиссия района или города
board-signed-holds = без изменений
board-signed-drift = изменилось после подписи
board-signed-exceptions = подписано с исключениями: { $count }
board-day-title = Другой день и файлы
board-day-before = Днём раньше
board-week-before = Неделей раньше
board-to-today = Сегодня
board-to-station = Участок и его комиссия
board-mending = { $body }: устраняется с { $since }, срок { $due }
board-task-open = ещё не принято к исполнению
board-task-accepted = принято к исполнению
board-task-disputed = орган не согласен
board-task-reported = исполнитель сообщил о выполнении
board-task-returned = проверено: не выполнено
board-task-verified = проверено: выполнено
board-task-withdrawn = больше не требуется
board-task-overdue = срок прошёл
board-task-given = поручено органу
board-report-title = Справка на бумаге
board-report-lead = Для совещания с руководителями государственных органов: разделы, особо важные пункты, кто и к какому сроку устраняет.
board-report-kk = Справка на казахском языке (PDF)
board-report-ru = Справка на русском языке (PDF)
board-bodies-title = Кто и что должен устранить
board-body-nothing = Невыполненных пунктов, за которые отвечает этот орган, нет.
board-body-sentence = Не выполнено: { $count }, из них особо важных: { $critical }.
board-access-title = Доступность для избирателей с инвалидностью
board-of-station = Готовность этого участка
