hall-languages = Тілдер
hall-anonymous = Жауаптар тек саналады. Кімнің не деп жауап бергені еш жерде сақталмайды, сондықтан оны білу мүмкін емес.
hall-not-enforced = Бір құрылғыдан бір жауап есепке алынады. Бір адамның тек бір рет жауап беруі қамтамасыз етілмейді: басқа құрылғыдан немесе осы беттің cookie файлын өшіріп, тағы жауап беруге болады.
hall-token-enforced = Әр карточка бір рет есепке алынады.
hall-errors-title = Түзету керек
hall-error-cookie = Браузеріңіз осы беттің cookie файлын сақтамайды, сондықтан жауабыңыз екі рет есептелуі мүмкін. Осы сайтқа cookie файлына рұқсат беріп, қайта жіберіңіз.
hall-error-forged = Браузеріңіз осы бет бермеген cookie файлын жіберді, сондықтан жауаптарыңыз есепке алынбады. Бетті қайта жүктеп, жауаптарды тағы бір рет жіберіңіз.
hall-token = Карточкаңыздағы код
hall-token-hint = 10 әріп пен цифр. Бас әріп пе, кіші әріп пе, сызықшасы бар ма, жоқ па — бәрібір.
hall-optional = Бұл сұраққа жауап бермеуге болады.
hall-choose-one = Бір жауапты таңдаңыз.
hall-choose-several = Таңдауға болатын жауап саны: { $least }–{ $most }.
hall-choose-scale = Бір санды таңдаңыз: { $least }–{ $most }.
hall-choose-places = 1-ден бастап орын беріңіз: 1 — ең маңыздысы. Әр орын бір рет; кемінде { $least }, көп дегенде { $most }.
hall-place-of = «{ $option }» орны
hall-no-place = –
hall-text-hint = Көп дегенде { $most } таңба. Есімдер жазбауыңызды сұраймыз. Мәтін басқаларға көрсетілмес бұрын оқылады.
hall-send = Жауаптарды жіберу
hall-sending = Телефонда сақталды. Жіберіліп жатыр
hall-sending-text = Бетті жаппай, сәл күте тұрыңыз.
hall-failing = Әлі жіберілмеді: байланыс жоқ
hall-failing-text = Жауаптарыңыз телефонда сақталды. Байланыс пайда болғанда олар өздігінен жіберіледі; ештеңе істеудің қажеті жоқ. Бетті жаппауыңызды сұраймыз.
hall-send-now = Қазір жіберу
hall-counted = Жауаптарыңыз есепке алынды
hall-counted-text = Рақмет. Бетті жабуға болады.
hall-already = Жауаптарыңыз есепке алынды
hall-already-text = Олар бұрын келіп түскен және бір рет есептелді. Бетті жабуға болады.
hall-over = Жауаптарыңызды есепке алу мүмкін болмады
hall-too-often = Әрекет тым көп болды. Сәл күтіп, қайта жіберіңіз.
hall-draft-title = Сауалнама әлі басталған жоқ
hall-draft-text = Бетті жаппаңыз: сұрақтар өздігінен шығады.
hall-draft-reload = Шықпаса, бетті жаңартыңыз.
hall-closed-title = Сауалнама жабылды
hall-closed-text = Жауаптар енді қабылданбайды.
hall-to-results = Сауалнама нәтижелері
hall-nothing = Бұл сауалнамада әзірге сұрақ жоқ.

hall-screen-title = Сауалнама
hall-screen-join = Телефоннан жауап беріңіз
hall-screen-how = Камераны кодқа бағыттаңыз немесе мекенжайды теріңіз:
hall-screen-qr = { $address } мекенжайының QR коды
hall-screen-answered =
    { $count ->
        [one] телефон жауап берді
       *[other] телефон жауап берді
    }
hall-screen-cards =
    { $count ->
        [one] карточка жауап берді
       *[other] карточка жауап берді
    }
hall-screen-of-present = қатысып отырған { $present } адамның ішінде
hall-screen-response = қатысушылар үлесі: { $share }
hall-screen-draft = Сауалнама жақында басталады. Бетті қазір ашып қойыңыз: сұрақтар өздігінен шығады.
hall-screen-hidden = Нәтижелер сауалнама жабылғанда осы жерде көрсетіледі.
hall-screen-live-later = Нәтижелер кемінде { $from } жауап болғанда осы жерде көрсетіледі.
hall-screen-live = Алғашқы { $count } жауап бойынша. Келесі сандар кемінде { $step } жауап қосылғанда шығады.
hall-screen-closed = Сауалнама жабылды.
hall-screen-full = Толық экран
hall-screen-lost = Сервермен байланыс жоқ: экрандағы сандар ескірген болуы мүмкін.
hall-screen-base = Бұл сұраққа жауап бергендер: { $count }
hall-screen-base-few = Көрсету үшін жауап тым аз
hall-screen-not-sample = Қатысушылар өз қалауымен жауап берді. Бұл облыс тұрғындарының іріктемесі емес.
hall-col-option = Жауап
hall-col-count = Саны
hall-col-share = Үлесі
hall-col-interval = 95 % аралық
hall-all-results = Кестелерімен барлық нәтиже

hall-host-title = Залда
hall-host-lead = { $title }: сауалнаманың өту барысы.
hall-host-state = Күйі
hall-host-state-draft = басталмаған
hall-host-state-open = ашық
hall-host-state-closed = жабық
hall-host-numbers = Телефондар
hall-host-connected = бетті ашты
hall-host-answered = жауап есепке алынды
hall-host-failing = жауабын жеткізе алмады
hall-host-silent = жауабы есептелгенше үнсіз қалды
hall-host-numbers-note = Бұл сандарды телефондар анда-санда, атаусыз, өздері хабарлайды. Олар жүргізушіге көмектеседі және ештеңені дәлелдемейді. Есепке алынған жауаптар дерекқордан алынады.
hall-host-texts = мәтін оқуды күтіп тұр
hall-host-open = Сауалнаманы ашу
hall-host-open-hint = Алғашқы жауаптан кейін сұрақтарды өзгертуге болмайды.
hall-host-close = Сауалнаманы жабу
hall-host-close-hint = Жабу түпкілікті. Содан кейін нәтижелер экранда көрсетіледі.
hall-host-sure = Иә, жабылсын
hall-host-sure-error = Сауалнаманы жабуды растаңыз
hall-host-present = Қатысушылар саны
hall-host-present-hint = Залдағы санақ бойынша. Жауап бергендердің үлесі осыдан есептеледі.
hall-host-present-save = Сақтау
hall-host-screen = Залға арналған экран
hall-host-screen-text = Оны проекторда ашыңыз: код, жауаптар саны, кейін нәтижелер.
hall-host-link = Телефондарға арналған мекенжай
hall-host-back = Сауалнама және оның сұрақтары
done-hall-opened = Сауалнама ашылды.
done-hall-closed = Сауалнама жабылды.
done-hall-present = Қатысушылар саны сақталды.
