/**
 * The chance of `count` or more where so many are usual. The usual rate is itself only an estimate: what it may really
 * be is spread as a gamma distribution, which makes counts negative binomial. So a place of which little is known needs
 * more to surprise than one watched for weeks.
 *
 * @param shape how much is known: reports seen before, and the one that stands for what was believed without any
 * @param mean how many are usual in the window
 */
export function chanceOfAtLeast(count: number, shape: number, mean: number): number {
  if (count <= 0) return 1;
  if (mean <= 0) return 0;
  const success = shape / (shape + mean);
  const failure = mean / (shape + mean);
  // Terms from `count` on, each from the one before: the tail itself, not one minus the rest, which would round to zero.
  let term = Math.exp(logTerm(count, shape, success, failure));
  let sum = 0;
  for (let k = count; k < count + MOST_TERMS; k += 1) {
    sum += term;
    term *= ((shape + k) / (k + 1)) * failure;
    if (term < sum * 1e-12) break;
  }
  return Math.min(1, sum);
}

const MOST_TERMS = 10_000;

function logTerm(k: number, shape: number, success: number, failure: number): number {
  let log = shape * Math.log(success) + k * Math.log(failure);
  for (let i = 0; i < k; i += 1) log += Math.log((shape + i) / (i + 1));
  return log;
}
