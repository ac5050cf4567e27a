# Общая часть всех страниц и слова форм.
shell-brand = Тандау
shell-skip-link = Перейти к основному содержанию
shell-nav-label = Главное меню
shell-nav-home = Главная
shell-nav-elections = Выборы
shell-nav-stations = Участки
shell-nav-audit = Проверить нас
shell-nav-office = Кабинет комиссии
shell-languages-label = Язык
shell-sign-in = Войти
shell-sign-out = Выйти
shell-signed-in-as = Вы вошли:
shell-breadcrumbs-label = Где вы находитесь
shell-demo-label = Демонстрация
# $clock: дата и время по часам демонстрации, с часовым поясом
shell-demo-clock = Время: { $clock }
shell-demo-synthetic = Люди и данные участков вымышлены
shell-demo-first-steps = С чего начать
shell-notice-title = Готово
shell-error-prefix = Ошибка:
shell-error-summary-title = Проверьте введённые данные
# $line: номер строки бумажного бланка
shell-line = Строка { $line }.
shell-pagination-label = Страницы
shell-pagination-previous = Предыдущая страница
shell-pagination-next = Следующая страница
shell-pagination-where = Страница { $page } из { $pages }
shell-footer-check = Как проверить результаты
shell-footer-downloads = Открытые данные
shell-footer-api = Интерфейс для программ
shell-footer-accessibility = Доступность сайта
shell-footer-about = «Тандау» – программа с открытым исходным кодом для проведения выборов. Каждое число на этом сайте ведёт к протоколу, из которого оно взято.
shell-footer-demo = Это демонстрация, а не сайт избирательной комиссии.
