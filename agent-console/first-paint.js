// Runs before the first paint, so that a dark screen never flashes white.
{
  const choice = localStorage.getItem('console:theme');
  const dark = choice === 'dark' || (choice !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches);
  document.documentElement.classList.toggle('dark', dark);
}
