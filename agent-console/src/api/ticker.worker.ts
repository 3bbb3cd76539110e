// A worker's timers keep their pace in a hidden tab, where the page's own are slowed to one a minute: slower than the
// presence lease.
setInterval(() => postMessage(null), 10_000);
