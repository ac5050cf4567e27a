# Барлық беттің ортақ бөлігі және нысандардың сөздері.
shell-brand = Таңдау
shell-skip-link = Негізгі мазмұнға өту
shell-nav-label = Басты мәзір
shell-nav-home = Басты бет
shell-nav-elections = Сайлау
shell-nav-stations = Учаскелер
shell-nav-audit = Бізді тексеру
shell-nav-office = Комиссия кабинеті
shell-languages-label = Тіл
shell-sign-in = Кіру
shell-sign-out = Шығу
shell-signed-in-as = Кірген адам:
shell-breadcrumbs-label = Сіз осы жердесіз
shell-demo-label = Көрсетілім
# $clock: көрсетілімнің өз сағаты бойынша күні мен уақыты, уақыт белдеуімен
shell-demo-clock = Уақыты: { $clock }
shell-demo-synthetic = Адамдар мен учаскелердің сандары ойдан шығарылған
shell-demo-first-steps = Неден бастау керек
shell-notice-title = Орындалды
shell-error-prefix = Қате:
shell-error-summary-title = Енгізілген деректерді тексеріңіз
# $line: қағаз бланкідегі жолдың нөмірі
shell-line = { $line }-жол.
shell-pagination-label = Беттер
shell-pagination-previous = Алдыңғы бет
shell-pagination-next = Келесі бет
shell-pagination-where = { $pages } беттің { $page }-беті
shell-footer-check = Нәтижені қалай тексеруге болады
shell-footer-downloads = Ашық деректер
shell-footer-api = Бағдарламаларға арналған интерфейс
shell-footer-accessibility = Сайттың қолжетімділігі
shell-footer-about = «Таңдау» – сайлау өткізуге арналған, бастапқы коды ашық бағдарлама. Осы сайттағы әр сан өзі алынған хаттамаға апарады.
shell-footer-demo = Бұл – көрсетілім, сайлау комиссиясының сайты емес.
