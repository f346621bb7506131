// Runs before the first paint, so that a chosen theme never flashes. A file, because the page's
// policy forbids inline scripts. "system" needs nothing: the style sheet follows the system itself.
try {
  const theme = localStorage.getItem("nio.theme")
  if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme
} catch {}
