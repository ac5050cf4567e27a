# Поручения и невыполненные требования: кто, что и к какому сроку делает.
tasks-title = Поручения
tasks-links = Ещё о поручениях
tasks-lists = Списки
tasks-list-overdue = Просрочено
tasks-list-waiting = Ждёт проверки
tasks-list-open = В работе
tasks-list-done = Завершено
tasks-csv = Этот список таблицей (CSV)
tasks-filter = Выбрать из списка
tasks-filter-words = Слова поручения
tasks-filter-station = Номер избирательного участка
tasks-filter-area = Код территории
tasks-filter-button = Показать
tasks-any = любые
tasks-none = В этом списке ничего нет.
tasks-what = Что нужно сделать
tasks-where = Где
tasks-addressee = Исполнитель
tasks-severity = Важность
tasks-severity-critical = без этого голосование провести нельзя
tasks-severity-major = нужно сделать до голосования
tasks-severity-minor = желательно сделать
tasks-due = Срок
tasks-state = Состояние
tasks-state-open = дано, ответа ещё нет
tasks-state-accepted = принято к исполнению
tasks-state-disputed = не принято
tasks-state-reported = исполнение сообщено, ждёт проверки
tasks-state-returned = возвращено: не исполнено
tasks-state-verified = исполнено и проверено
tasks-state-withdrawn = отозвано
tasks-raised-times = { $times ->
    [one] передано на { $times } уровень выше
    [few] передано на { $times } уровня выше
   *[other] передано на { $times } уровней выше
}
tasks-left-less = осталось меньше часа
tasks-left-hours = { $hours ->
    [one] остался { $hours } час
    [few] осталось { $hours } часа
   *[other] осталось { $hours } часов
}
tasks-left-days = { $days ->
    [one] остался { $days } день
    [few] осталось { $days } дня
   *[other] осталось { $days } дней
}
tasks-late-less = просрочено меньше чем на час
tasks-late-hours = { $hours ->
    [one] просрочено на { $hours } час
    [few] просрочено на { $hours } часа
   *[other] просрочено на { $hours } часов
}
tasks-late-days = { $days ->
    [one] просрочено на { $days } день
    [few] просрочено на { $days } дня
   *[other] просрочено на { $days } дней
}
tasks-desk-overdue = { $count ->
    [one] Здесь или на нижестоящем уровне просрочено { $count } поручение
    [few] Здесь или на нижестоящем уровне просрочено { $count } поручения
   *[other] Здесь или на нижестоящем уровне просрочено { $count } поручений
}
tasks-bodies-title = Кто опаздывает
tasks-bodies-none = Никто не опаздывает.
tasks-bodies-oldest = Самый давний срок
tasks-body-unnamed = { $body } ({ $area })
tasks-raised-to = Передано на уровень выше
tasks-verifier = Кто проверяет
tasks-origin = Откуда поручение
tasks-origin-instruction = дано комиссией
tasks-origin-readiness = невыполненное требование готовности участка
tasks-origin-silence = на опросный лист не ответили в срок
tasks-origin-watch = перебой в снабжении или предупреждение о погоде
tasks-origin-incident = происшествие
tasks-item = Опросный лист
tasks-item-link = вопрос, к которому относится поручение
tasks-needed = К докладу об исполнении приложить
tasks-needed-photo = фотографию
tasks-needed-document = документ
tasks-needed-note = пояснение
tasks-you-wrote = Вы написали:
tasks-paper-needed = Приложите фотографию или документ: без них исполнение не принимается.
tasks-given-at = Дано
tasks-do = Что вы можете сделать
tasks-do-nothing = Сейчас здесь от вас ничего не требуется.
tasks-own-report = Об исполнении сообщили вы сами: проверяет другой человек.
tasks-accept = Принять к исполнению
tasks-verify = Исполнено
tasks-verify-text = Посмотрите подтверждения или убедитесь на месте. После вашего подтверждения поручение завершено.
tasks-return = Не исполнено: вернуть
tasks-return-reason = Чего не хватает
tasks-return-button = Вернуть
tasks-report = Сообщить об исполнении
tasks-report-text = Что сделано
tasks-report-papers = Фотографии или PDF
tasks-report-papers-hint = До пяти файлов, вместе не больше 10 МБ. Нужны слова, файлы или и то и другое.
tasks-report-button = Отправить
tasks-dispute = Поручение не наше или так выполнить нельзя
tasks-dispute-reason = Почему, и чьё оно, если знаете
tasks-dispute-button = Отправить причину
tasks-move = Перенести срок
tasks-move-button = Перенести
tasks-reassign = Передать другому исполнителю
tasks-reassign-button = Передать
tasks-note = Написать замечание
tasks-note-text = Замечание
tasks-note-button = Записать
tasks-withdraw = Отозвать поручение
tasks-withdraw-button = Отозвать
tasks-reason = Причина
tasks-history = Что происходило
tasks-history-to = исполнитель: { $who }
tasks-history-due = срок: { $when }
tasks-evidence-number = Подтверждение { $number }
tasks-new-title = Дать поручение
tasks-new-lead = Государственному органу или комиссии вашей территории или ниже. Исполнение проверяет ваша комиссия.
tasks-new-whom = Кому
tasks-new-station = Избирательный участок
tasks-new-station-hint = Номер, если дело касается одного участка.
tasks-new-button = Дать поручение
tasks-area-code = Код территории органа или комиссии
tasks-area-hint = Код по классификатору: для района или области девять цифр.
tasks-title-kk = Что нужно сделать, на казахском языке
tasks-title-ru = Что нужно сделать, на русском языке
tasks-title-en = Что нужно сделать, на английском языке
tasks-title-hint = Достаточно одного языка: на остальных показываются те же слова.
tasks-title-needed = Напишите, что нужно сделать, хотя бы на одном языке.
tasks-detail = Подробности
tasks-detail-hint = Не называйте граждан и чьё-либо состояние здоровья: исполнителю нужно знать, что сделать, а не для кого.
tasks-due-date = До какого дня
tasks-due-time = До которого часа
tasks-due-time-hint = По часам этого места.
tasks-election = Выборы
tasks-no-election = без привязки к выборам
tasks-reason-needed = Напишите причину: её прочтут в истории поручения.
tasks-evidence-needed = Напишите, что сделано, или приложите фотографию либо PDF.
tasks-papers-too-many = Приложите не больше { $most } файлов.
tasks-deadline-form = Укажите день и время.
tasks-deadline-over = Этот срок уже прошёл. Укажите более поздний.
tasks-deadline-far = До этого срока больше года. Проверьте год.
tasks-deadline-same = Такой срок уже установлен.
tasks-addressee-same = Поручение уже у этого исполнителя.
tasks-addressee-elsewhere = Дело находится не на этой территории. Выберите орган или комиссию, на чьей территории оно находится.
tasks-addressee-out-of-reach = Передать можно только в пределах своей территории, а органу – только органу того же рода.
tasks-no-commission = На этой территории сегодня нет комиссии.
tasks-station-unknown = На этой территории нет участка с таким номером.
tasks-form-again = Откройте форму заново и отправьте её ещё раз.
tasks-not-now = В нынешнем состоянии поручения это действие невозможно.
tasks-changed-meanwhile = Тем временем поручение изменил другой человек. Прочтите его ещё раз.
done-task-given = Поручение дано.
done-task-accepted = Вы приняли поручение к исполнению.
done-task-disputed = Причина отправлена.
done-task-reported = Сообщение об исполнении отправлено и ждёт проверки.
done-task-verified = Поручение завершено.
done-task-returned = Поручение возвращено.
done-task-withdrawn = Поручение отозвано.
done-task-noted = Замечание записано.
done-task-moved = Срок перенесён.
done-task-reassigned = Поручение передано другому исполнителю.
event-task-opened = Дано поручение
event-task-accepted = Принято к исполнению
event-task-disputed = Не принято
event-task-reported = Сообщено об исполнении
event-task-returned = Возвращено: не исполнено
event-task-verified = Проверено: исполнено
event-task-withdrawn = Отозвано
event-task-reminded = Напоминание: срок близко
event-task-escalated = Просрочено: передано на уровень выше
event-task-reassigned = Передано другому исполнителю
event-task-moved = Перенесён срок
event-task-noted = Замечание
office-system = По часам системы
