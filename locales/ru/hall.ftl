hall-languages = Языки
hall-anonymous = Ответы только подсчитываются. Кто что ответил, нигде не хранится, поэтому узнать это нельзя.
hall-not-enforced = С одного устройства учитывается один ответ. Что каждый отвечает только один раз, не проверяется: взяв другое устройство или удалив cookie этой страницы, можно ответить ещё раз.
hall-token-enforced = Каждая карточка учитывается один раз.
hall-errors-title = Нужно исправить
hall-error-cookie = Ваш браузер не сохраняет cookie этой страницы, и ответ мог бы учесться дважды. Разрешите cookie для этого сайта и отправьте ещё раз.
hall-error-forged = Ваш браузер прислал cookie, которого эта страница не выдавала, поэтому ответы не учтены. Загрузите страницу заново и отправьте их ещё раз.
hall-token = Код с вашей карточки
hall-token-hint = 10 букв и цифр. Заглавные или строчные, с дефисом или без – неважно.
hall-optional = Этот вопрос можно пропустить.
hall-choose-one = Выберите один ответ.
hall-choose-several = Выберите от { $least } до { $most } ответов.
hall-choose-scale = Выберите число от { $least } до { $most }.
hall-choose-places = Расставьте места, начиная с 1: 1 – самое важное. Каждое место один раз; не менее { $least } и не более { $most }.
hall-place-of = Место для «{ $option }»
hall-no-place = –
hall-text-hint = Не более { $most } знаков. Пожалуйста, не пишите имён. Прежде чем текст увидят другие, его прочтут.
hall-send = Отправить ответы
hall-sending = Сохранено на телефоне. Отправляем
hall-sending-text = Пожалуйста, подождите и не закрывайте страницу.
hall-failing = Ещё не отправлено: нет связи
hall-failing-text = Ваши ответы сохранены на телефоне. Они отправятся сами, как только появится связь; делать ничего не нужно. Пожалуйста, не закрывайте страницу.
hall-send-now = Отправить сейчас
hall-counted = Ваши ответы учтены
hall-counted-text = Спасибо. Страницу можно закрыть.
hall-already = Ваши ответы учтены
hall-already-text = Они пришли раньше и учтены один раз. Страницу можно закрыть.
hall-over = Ваши ответы учесть не удалось
hall-too-often = Слишком много попыток сразу. Подождите немного и отправьте ещё раз.
hall-draft-title = Опрос ещё не начался
hall-draft-text = Не закрывайте страницу: вопросы появятся сами.
hall-draft-reload = Если они не появятся, обновите страницу.
hall-closed-title = Опрос закрыт
hall-closed-text = Ответы больше не принимаются.
hall-to-results = Результаты опроса
hall-nothing = В этом опросе пока нет вопросов.

hall-screen-title = Опрос
hall-screen-join = Ответьте с телефона
hall-screen-how = Наведите камеру на код или наберите адрес:
hall-screen-qr = QR-код адреса { $address }
hall-screen-answered =
    { $count ->
        [one] телефон ответил
        [few] телефона ответили
       *[other] телефонов ответили
    }
hall-screen-cards =
    { $count ->
        [one] карточка ответила
        [few] карточки ответили
       *[other] карточек ответили
    }
hall-screen-of-present = из { $present } присутствующих
hall-screen-response = доля присутствующих: { $share }
hall-screen-draft = Опрос скоро начнётся. Откройте страницу уже сейчас: вопросы появятся сами.
hall-screen-hidden = Результаты появятся здесь, когда опрос закроют.
hall-screen-live-later = Результаты появятся здесь, когда будет не менее { $from } ответов.
hall-screen-live = По первым { $count } ответам. Следующие числа появятся, когда прибавится не менее { $step }.
hall-screen-closed = Опрос закрыт.
hall-screen-full = На весь экран
hall-screen-lost = Нет связи с сервером: числа на экране могут быть устаревшими.
hall-screen-base = На этот вопрос ответили: { $count }
hall-screen-base-few = Ответов слишком мало, чтобы их показывать
hall-screen-not-sample = Присутствующие отвечали по своему желанию. Это не выборка жителей области.
hall-col-option = Ответ
hall-col-count = Число
hall-col-share = Доля
hall-col-interval = Интервал 95 %
hall-all-results = Все результаты с таблицами

hall-host-title = В зале
hall-host-lead = { $title }: опрос во время его проведения.
hall-host-state = Состояние
hall-host-state-draft = не начат
hall-host-state-open = идёт
hall-host-state-closed = закрыт
hall-host-numbers = Телефоны
hall-host-connected = открыли страницу
hall-host-answered = ответов учтено
hall-host-failing = не смогли передать ответ
hall-host-silent = замолчали до того, как ответ учтён
hall-host-numbers-note = Эти числа телефоны сообщают сами, время от времени и без имени. Они помогают ведущему и ничего не доказывают. Учтённые ответы берутся из базы данных.
hall-host-texts = текстов ждут прочтения
hall-host-open = Открыть опрос
hall-host-open-hint = С первого ответа вопросы изменить уже нельзя.
hall-host-close = Закрыть опрос
hall-host-close-hint = Закрытие окончательно. После него результаты появятся на экране.
hall-host-sure = Да, закрыть
hall-host-sure-error = Подтвердите, что опрос нужно закрыть
hall-host-present = Число присутствующих
hall-host-present-hint = По подсчёту в зале. По нему вычисляется доля ответивших.
hall-host-present-save = Сохранить
hall-host-screen = Экран для зала
hall-host-screen-text = Откройте его на проекторе: код, число ответов, а затем результаты.
hall-host-link = Адрес для телефонов
hall-host-back = Опрос и его вопросы
done-hall-opened = Опрос открыт.
done-hall-closed = Опрос закрыт.
done-hall-present = Число присутствующих сохранено.
