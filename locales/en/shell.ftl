# The frame of every page and the words of forms.
shell-brand = Tandau
shell-skip-link = Skip to main content
shell-nav-label = Main menu
shell-nav-home = Home
shell-nav-elections = Elections
shell-nav-stations = Stations
shell-nav-audit = Check us
shell-nav-office = Office
shell-languages-label = Language
shell-sign-in = Sign in
shell-sign-out = Sign out
shell-signed-in-as = Signed in:
shell-breadcrumbs-label = Where you are
shell-demo-label = Demonstration
# $clock: date and time of the demonstration's own clock, with the zone
shell-demo-clock = Its time: { $clock }
shell-demo-synthetic = People and station figures are synthetic
shell-demo-first-steps = First steps
shell-notice-title = Done
shell-error-prefix = Error:
shell-error-summary-title = Check what you entered
# $line: number of the line on the paper form
shell-line = Line { $line }.
shell-pagination-label = Pages
shell-pagination-previous = Previous page
shell-pagination-next = Next page
shell-pagination-where = Page { $page } of { $pages }
shell-footer-check = How to check the results
shell-footer-downloads = Open data
shell-footer-api = Interface for programs
shell-footer-accessibility = Accessibility
shell-footer-about = Tandau is open-source software for running elections. Every figure on this site leads to the protocol it comes from.
shell-footer-demo = This is a demonstration, not the site of an election commission.
