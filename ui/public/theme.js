// Sets the chosen theme before the first paint. It is a file of its own because the content
// security policy allows no inline script. The key is the one of src/app/theme.ts.
(function () {
  try {
    var theme = localStorage.getItem("reeve.theme");
    if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
  } catch {
    // Without storage the theme follows the system.
  }
})();
