/* The decision core in C: the same steps as the numpy twin, one game at a time.
 *
 * The twin (fourier.py, expectations.py, solve.py, certificate.py, adjoint.py) is the definition; this
 * is its fast copy, and tests hold the two together to 1e-12. No library mathematics and no
 * contraction of floating point, so that one source gives one answer wherever it is compiled: as
 * the package's optional extension, and as WebAssembly for the page.
 *
 * Everything is an array of doubles. A call takes `size[]` (integers, by the names of enum size) and
 * `array[]` (pointers, by the names of enum array), each C-contiguous with the draw as first axis.
 *
 *   1 arithmetic   2 a game   3 prepare   4 reply and solve   5 certificate   6 jacobian and adjoint
 *   7 batches      8 the Python module
 */
#include <stddef.h>

typedef double f64;
typedef f64 v4 __attribute__((vector_size(32)));
typedef f64 v4u __attribute__((vector_size(32), aligned(8)));
typedef long long i4 __attribute__((vector_size(32)));
typedef unsigned long long u4 __attribute__((vector_size(32)));

#define INLINE static inline __attribute__((always_inline))
#define LOAD(p) (*(const v4u *)(p))
#define STORE(p, v) (*(v4u *)(p) = (v))
#define EACH4(i, n) for (int i = 0; i < (n); i += 4)

/* Twice the lanes where the processor has them; the same operations, so the same numbers. */
#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__) && defined(__linux__) && \
    !defined(SL_PLAIN)
#define FASTEST __attribute__((target_clones("avx2", "default")))
#else
#define FASTEST
#endif

enum size { DRAWS, POWERS, ACTS, LEVELS, MODES, LINK, STARTS, MAX_STEPS };
enum array {
    OWN,             /* draw, power, act */
    LEVEL,           /* act */
    SIDE,            /* power: +1 or -1 */
    STRENGTH,        /* draw, power, level */
    DREAD,           /* draw, power, level */
    HEAT,            /* draw, power, level */
    JOINING,         /* draw, power, level */
    GAIN,            /* draw, power */
    ENTRAPMENT,      /* draw */
    COMPLEMENTARITY, /* draw */
    EXCHANGE,        /* draw, 8: see enum exchange */
    TABLE,           /* of a fit: see fourier.kernel_table */
    SETTING,         /* fit tolerance, step tolerance */
    START,           /* start, draw, power, level */
    PROB,            /* out: start, draw, power, level */
    RESIDUAL,        /* out: start, draw */
    STEPS,           /* out: start, draw */
    FIT_ERROR,       /* out: draw */
    SHARE,           /* out: draw, power, act: chance of an act given its level */
    WORTH,           /* out: draw, power, level: worth of a level */
    SCRATCH,
    RADIUS = PROB,       /* out of certificate: draw */
    BAR = START,         /* into adjoint: dL/dprob (draw, power, level); its prob is PROB */
    D_WORTH = RESIDUAL,  /* out of adjoint: draw, power, level */
    D_DREAD = STEPS,     /* out of adjoint: draw, power, level */
    D_REST = FIT_ERROR,  /* out of adjoint: draw, power + 2: gain, entrapment, complementarity */
    JACOBIAN = SHARE     /* out of adjoint, if STARTS: draw, power * level, power * level */
};
enum exchange { STANDING, SPREAD, A_RESOLVE, T_RESOLVE, A_COST, T_COST, A_PRECISION, T_PRECISION };

static const f64 PERIOD = 1.5;
enum { GRID = 257, GRID4 = 260 };
static const f64 MARGIN = 1.1;

/* ---- 1 arithmetic ------------------------------------------------------------------------- */

INLINE v4 all(f64 x) { return (v4){x, x, x, x}; }
INLINE v4 choose(i4 mask, v4 yes, v4 no) {
    return (v4)(((i4)yes & mask) | ((i4)no & ~mask));
}
INLINE v4 absolute(v4 x) { return (v4)((i4)x & 0x7fffffffffffffffLL); }
INLINE v4 most(v4 a, v4 b) { return choose(a > b, a, b); }
INLINE f64 sum4(v4 x) { return (x[0] + x[1]) + (x[2] + x[3]); }
INLINE f64 least1(f64 a, f64 b) { return a < b ? a : b; }
INLINE f64 most1(f64 a, f64 b) { return a > b ? a : b; }
INLINE f64 absolute1(f64 x) { return x < 0 ? -x : x; }

static const f64 TO_INTEGER = 6755399441055744.0; /* 1.5 * 2^52: adding it rounds to even */

/* exp(x) for x <= 0; zero below -700. Argument reduction by ln 2 in two parts (Cody and Waite 1980),
 * then the Taylor polynomial of degree 13. */
INLINE v4 exp4(v4 x) {
    v4 shifted = x * 1.4426950408889634 + TO_INTEGER;
    v4 n = shifted - TO_INTEGER;
    v4 r = (x - n * 0.6931471803691238) - n * 1.9082149292705877e-10;
    v4 sum = all(1.0 / 6227020800.0);
    sum = sum * r + 1.0 / 479001600.0;
    sum = sum * r + 1.0 / 39916800.0;
    sum = sum * r + 1.0 / 3628800.0;
    sum = sum * r + 1.0 / 362880.0;
    sum = sum * r + 1.0 / 40320.0;
    sum = sum * r + 1.0 / 5040.0;
    sum = sum * r + 1.0 / 720.0;
    sum = sum * r + 1.0 / 120.0;
    sum = sum * r + 1.0 / 24.0;
    sum = sum * r + 1.0 / 6.0;
    sum = sum * r + 0.5;
    sum = sum * r + 1.0;
    sum = sum * r + 1.0;
    v4 scaled = (v4)((u4)sum + ((u4)shifted << 52));
    return choose(x > -700.0, scaled, all(0.0));
}

/* ln(x) for 1 <= x < 2^53, by ln m = 2 artanh((m - 1) / (m + 1)). */
INLINE f64 log1(f64 x) {
    int power = 0;
    while (x > 1.4142135623730951) x *= 0.5, power++;
    f64 f = (x - 1.0) / (x + 1.0), g = f * f, sum = 0.0;
    for (int k = 21; k >= 1; k -= 2) sum = sum * g + 1.0 / k;
    return 2.0 * f * sum + power * 0.6931471805599453;
}

/* cos and sin of 2 pi t, for |t| below a million: quadrants, then Taylor polynomials. */
INLINE void turn4(v4 t, v4 *cosine, v4 *sine) {
    v4 shifted = t * 4.0 + TO_INTEGER;
    u4 quadrant = (u4)shifted & 3;
    v4 r = (t - (shifted - TO_INTEGER) * 0.25) * 6.283185307179586, s = r * r;
    v4 c = all(1.0 / 20922789888000.0), d = all(1.0 / 355687428096000.0);
    c = c * s - 1.0 / 87178291200.0, d = d * s - 1.0 / 1307674368000.0;
    c = c * s + 1.0 / 479001600.0, d = d * s + 1.0 / 6227020800.0;
    c = c * s - 1.0 / 3628800.0, d = d * s - 1.0 / 39916800.0;
    c = c * s + 1.0 / 40320.0, d = d * s + 1.0 / 362880.0;
    c = c * s - 1.0 / 720.0, d = d * s - 1.0 / 5040.0;
    c = c * s + 1.0 / 24.0, d = d * s + 1.0 / 120.0;
    c = c * s - 0.5, d = d * s - 1.0 / 6.0;
    c = c * s + 1.0, d = (d * s + 1.0) * r;
    i4 odd = (i4)-(quadrant & 1);
    v4 co = choose(odd, d, c), si = choose(odd, c, d);
    *cosine = (v4)((u4)co ^ (((quadrant + 1) & 2) << 62));
    *sine = (v4)((u4)si ^ ((quadrant & 2) << 62));
}

/* 1 / (1 + exp(-x)). */
INLINE v4 logistic4(v4 x) {
    v4 e = exp4(-absolute(x));
    return choose(x >= 0.0, all(1.0), e) / (e + 1.0);
}

/* The standard normal distribution function, by Cody's (1969) rational approximations to erf. */
INLINE v4 normal4(v4 x) {
    static const f64 A[5] = {3.16112374387056560e00, 1.13864154151050156e02, 3.77485237685302021e02,
                             3.20937758913846947e03, 1.85777706184603153e-1};
    static const f64 B[4] = {2.36012909523441209e01, 2.44024637934444173e02, 1.28261652607737228e03,
                             2.84423683343917062e03};
    static const f64 C[9] = {5.64188496988670089e-1, 8.88314979438837594e0,  6.61191906371416295e01,
                             2.98635138197400131e02, 8.81952221241769090e02, 1.71204761263407058e03,
                             2.05107837782607147e03, 1.23033935479799725e03, 2.15311535474403846e-8};
    static const f64 D[8] = {1.57449261107098347e01, 1.17693950891312499e02, 5.37181101862009858e02,
                             1.62138957456669019e03, 3.29079923573345963e03, 4.36261909014324716e03,
                             3.43936767414372164e03, 1.23033935480374942e03};
    static const f64 P[6] = {3.05326634961232344e-1, 3.60344899949804439e-1, 1.25781726111229246e-1,
                             1.60837851487422766e-2, 6.58749161529837803e-4, 1.63153871373020978e-2};
    static const f64 Q[5] = {2.56852019228982242e00, 1.87295284992346725e00, 5.27905102951428412e-1,
                             6.05183413124413191e-2, 2.33520497626869185e-3};
    v4 z = x * 0.7071067811865476, y = absolute(z), s = z * z;
    v4 top = A[4] * s, under = s;
    for (int k = 0; k < 3; k++) top = (top + A[k]) * s, under = (under + B[k]) * s;
    v4 small = z * (top + A[3]) / (under + B[3]); /* erf, for y below 0.46875 */
    v4 e = exp4(-s);
    top = C[8] * y, under = y;
    for (int k = 0; k < 7; k++) top = (top + C[k]) * y, under = (under + D[k]) * y;
    v4 middle = e * (top + C[7]) / (under + D[7]); /* erfc, to 4 */
    v4 t = 1.0 / most(s, all(1e-300));
    top = P[5] * t, under = t;
    for (int k = 0; k < 4; k++) top = (top + P[k]) * t, under = (under + Q[k]) * t;
    v4 large = e * (0.56418958354775628 - t * (top + P[4]) / (under + Q[4])) / most(y, all(1e-300));
    v4 beyond = choose(y > 4.0, large, middle);
    v4 lower = choose(z < 0.0, 0.5 * beyond, 1.0 - 0.5 * beyond);
    return choose(y < 0.46875, 0.5 + 0.5 * small, lower);
}

/* ---- 2 a game ----------------------------------------------------------------------------- */

/* One draw. Arrays of levels and modes are padded to `J` and `G`, multiples of four; what stands in
 * the padding has worth minus infinity, so that it is never chosen. */
struct game {
    int powers, acts, levels, J, G, link;
    const f64 *own, *level, *side, *gain, *exchange;
    f64 entrapment, complementarity, low, span, fit_error;
    f64 *worth, *strength, *dread, *heat, *joining;      /* power, J */
    f64 *phase_re, *phase_im;                            /* power, J, G */
    f64 *save_re, *save_im, *war_re, *war_im;            /* G */
    f64 *chi;                                            /* power, 4, G: this mixture's, heated too */
    f64 *after;                                          /* power + 1, 4, G: products from the right */
    f64 *product;                                        /* 4, G */
    f64 *sums;                                           /* 4, G: save and risk, weighted */
    f64 *saved, *risk;                                   /* J */
    f64 *joined;                                         /* power: expected joining */
    f64 *spare;                                          /* see spare_size */
};

INLINE int fours(int n) { return (n + 3) & ~3; }

static ptrdiff_t spare_size(const int *size) {
    ptrdiff_t J = fours(size[LEVELS]), G = size[MODES];
    return 12 * G + 2 * GRID4 + J + fours(size[ACTS]);
}

/* Doubles of scratch that `sl_solve` and `sl_certificate` need; `sl_adjoint` needs more. */
ptrdiff_t sl_scratch(const int *size) {
    ptrdiff_t N = size[POWERS], J = fours(size[LEVELS]), G = size[MODES];
    return 5 * N * J + 2 * N * J * G + 4 * G + 4 * G * N + 4 * G * (N + 1) + 8 * G + 2 * J +
           fours((int)N) + spare_size(size);
}

ptrdiff_t sl_scratch_adjoint(const int *size) {
    ptrdiff_t n = (ptrdiff_t)size[POWERS] * size[LEVELS], J = fours(size[LEVELS]);
    return sl_scratch(size) + 2 * n * n + 5 * n + (ptrdiff_t)size[POWERS] * size[ACTS] + J +
           18 * (ptrdiff_t)size[MODES];
}

/* The game of one draw, its arrays laid out in scratch. Returns the first free double after it. */
static f64 *lay_out(struct game *g, const int *size, f64 *const *array, int draw) {
    int N = size[POWERS], K = size[ACTS], L = size[LEVELS];
    int J = g->J = fours(L), G = g->G = size[MODES];
    g->powers = N, g->acts = K, g->levels = L, g->link = size[LINK];
    g->own = array[OWN] + (ptrdiff_t)draw * N * K;
    g->level = array[LEVEL], g->side = array[SIDE];
    g->gain = array[GAIN] + (ptrdiff_t)draw * N;
    g->exchange = array[EXCHANGE] + (ptrdiff_t)draw * 8;
    g->entrapment = array[ENTRAPMENT][draw], g->complementarity = array[COMPLEMENTARITY][draw];
    f64 *at = array[SCRATCH];
    f64 **parts[] = {&g->worth, &g->strength, &g->dread, &g->heat, &g->joining};
    for (int k = 0; k < 5; k++) *parts[k] = at, at += N * J;
    g->phase_re = at, at += (ptrdiff_t)N * J * G;
    g->phase_im = at, at += (ptrdiff_t)N * J * G;
    f64 **series[] = {&g->save_re, &g->save_im, &g->war_re, &g->war_im};
    for (int k = 0; k < 4; k++) *series[k] = at, at += G;
    g->chi = at, at += 4 * G * N;
    g->after = at, at += 4 * G * (N + 1);
    g->product = at, at += 4 * G;
    g->sums = at, at += 4 * G;
    g->saved = at, at += J;
    g->risk = at, at += J;
    g->joined = at, at += fours(N);
    g->spare = at, at += spare_size(size);
    static const enum array from[] = {STRENGTH, DREAD, HEAT, JOINING};
    f64 *to[] = {g->strength, g->dread, g->heat, g->joining};
    for (int k = 0; k < 4; k++)
        for (int i = 0; i < N; i++) {
            const f64 *given = array[from[k]] + ((ptrdiff_t)draw * N + i) * L;
            for (int l = 0; l < L; l++) to[k][i * J + l] = given[l];
            for (int l = L; l < J; l++) to[k][i * J + l] = 0.0;
        }
    return at;
}

/* The worth of a level is the log-sum-exp over its acts; `share` the chance of each act given it. */
INLINE void gather_acts(struct game *g, f64 *share) {
    int N = g->powers, K = g->acts, J = g->J;
    f64 *padded = g->spare, top[64];
    const f64 never = -__builtin_inf();
    int alike = K == g->levels; /* every act a level of its own: nothing to gather */
    for (int k = 0; k < K && alike; k++) alike = (int)g->level[k] == k;
    for (int i = 0; i < N && alike; i++)
        for (int l = 0; l < J; l++) {
            g->worth[i * J + l] = l < K ? g->own[(ptrdiff_t)i * K + l] : never;
            if (l < K) share[(ptrdiff_t)i * K + l] = g->own[(ptrdiff_t)i * K + l] > never;
        }
    if (alike) return;
    for (int i = 0; i < N; i++) {
        const f64 *own = g->own + (ptrdiff_t)i * K;
        f64 *worth = g->worth + i * J, *held = share + (ptrdiff_t)i * K;
        for (int first = 0; first < J; first += 64) { /* levels by blocks that fit on the stack */
            int some = J - first < 64 ? J - first : 64;
            f64 sum[64];
            for (int l = 0; l < some; l++) top[l] = never, sum[l] = 0.0;
            for (int k = 0; k < K; k++) {
                int l = (int)g->level[k] - first;
                if (l >= 0 && l < some) top[l] = most1(top[l], own[k]);
            }
            for (int k = 0; k < fours(K); k++) {
                int l = k < K ? (int)g->level[k] - first : -1;
                padded[k] = l >= 0 && l < some && top[l] > never ? own[k] - top[l] : never;
            }
            EACH4(k, fours(K)) STORE(padded + k, exp4(LOAD(padded + k)));
            for (int k = 0; k < K; k++) {
                int l = (int)g->level[k] - first;
                if (l >= 0 && l < some) sum[l] += padded[k];
            }
            for (int l = 0; l < some; l++)
                worth[first + l] = sum[l] > 0 ? top[l] + log1(sum[l]) : never;
            for (int k = 0; k < K; k++) {
                int l = (int)g->level[k] - first;
                if (l >= 0 && l < some) held[k] = sum[l] > 0 ? padded[k] / sum[l] : 0.0;
            }
        }
    }
}

/* Save and war at four strengths: the parties' replies by backward induction (replies.py). */
INLINE void outcomes4(const struct game *g, v4 strength, v4 *save, v4 *war) {
    const f64 *x = g->exchange;
    v4 hold;
    if (g->link == 0) {
        hold = logistic4(x[STANDING] + strength);
    } else {
        v4 variance = most(1.0 + x[SPREAD] * strength, all(1e-6)), root = variance;
        for (int k = 0; k < 4; k++) root[k] = __builtin_sqrt(variance[k]);
        hold = normal4((x[STANDING] + strength) / root);
    }
    v4 resist = logistic4(x[T_PRECISION] * ((hold + x[T_RESOLVE]) - x[T_COST]));
    v4 falls = 1.0 - resist * hold;
    v4 attack = logistic4(x[A_PRECISION] * (x[A_RESOLVE] * falls - x[A_COST]));
    *save = 1.0 - attack * falls;
    *war = attack * resist;
}

/* ---- 3 prepare ---------------------------------------------------------------------------- */

INLINE void find_range(struct game *g) {
    f64 low = 0.0, high = 0.0;
    for (int i = 0; i < g->powers; i++) {
        f64 least = g->strength[i * g->J], most = least;
        for (int l = 1; l < g->levels; l++) {
            least = least1(least, g->strength[i * g->J + l]);
            most = most1(most, g->strength[i * g->J + l]);
        }
        low += least, high += most;
    }
    g->low = low, g->span = most1(high - low, 1e-6);
}

/* out[0..n) = sum over rows r of factor[r] * matrix[r][0..n) */
INLINE void combine(f64 *out, const f64 *factor, const f64 *matrix, int rows, int n) {
    EACH4(c, n) {
        v4 sum = all(0.0);
        for (int r = 0; r < rows; r++) sum += factor[r] * LOAD(matrix + (ptrdiff_t)r * n + c);
        STORE(out + c, sum);
    }
}

/* Fit save and war by `MODES` frequencies (fourier.py); if told to, measure the error between. */
INLINE void fit(struct game *g, const f64 *table, int measured) {
    int G = g->G, nodes = 2 * G, points = 3 * G / 2;
    const f64 *at = table, *blend = at + nodes, *transform = blend + nodes;
    const f64 *between = transform + (ptrdiff_t)nodes * nodes, *check = between + points;
    f64 *values[2] = {g->spare, g->spare + nodes}, *truth[2], *fitted, *coefficient, worst = 0.0;
    truth[0] = values[1] + nodes, truth[1] = truth[0] + points;
    fitted = truth[1] + points, coefficient = fitted + points;
    EACH4(n, nodes) {
        v4 s, w, earlier_s, earlier_w, place = LOAD(at + n), part = LOAD(blend + n);
        outcomes4(g, g->low + g->span * place, &s, &w);
        if (at[n + 3] > 1.0) {
            outcomes4(g, g->low + g->span * (place - PERIOD), &earlier_s, &earlier_w);
            s += part * (earlier_s - s), w += part * (earlier_w - w);
        }
        STORE(values[0] + n, s), STORE(values[1] + n, w);
    }
    EACH4(n, measured ? points : 0) {
        v4 s, w;
        outcomes4(g, g->low + g->span * LOAD(between + n), &s, &w);
        STORE(truth[0] + n, s), STORE(truth[1] + n, w);
    }
    for (int k = 0; k < 2; k++) {
        f64 *re = k ? g->war_re : g->save_re, *im = k ? g->war_im : g->save_im;
        combine(coefficient, values[k], transform, nodes, nodes);
        for (int m = 0; m < G; m++) re[m] = coefficient[m], im[m] = coefficient[G + m];
        if (!measured) continue;
        combine(fitted, coefficient, check, nodes, points);
        for (int n = 0; n < points; n++) worst = most1(worst, absolute1(fitted[n] - truth[k][n]));
    }
    g->fit_error = worst;
}

INLINE void times(f64 *re, f64 *im, f64 a, f64 b) {
    f64 old = *re;
    *re = old * a - *im * b, *im = old * b + *im * a;
}

/* exp(i w_m x) for four positions: powers of the first phase, written to four rows of G. */
INLINE void phases4(v4 position, f64 span, int G, f64 *re, f64 *im) {
    v4 c, s;
    turn4(position / (span * PERIOD), &c, &s);
    v4 x = c, y = s;
    for (int k = 0; k < 4; k++) re[k * G] = 1.0, im[k * G] = 0.0;
    for (int m = 1; m < 4; m++) {
        for (int k = 0; k < 4; k++) re[k * G + m] = x[k], im[k * G + m] = y[k];
        v4 old = x;
        x = old * c - y * s, y = old * s + y * c;
    }
    for (int k = 0; k < 4; k++) { /* four modes at a time, by the fourth power */
        f64 *row_re = re + k * G, *row_im = im + k * G;
        v4 p = LOAD(row_re), q = LOAD(row_im);
        for (int m = 4; m < G; m += 4) {
            v4 old = p;
            p = old * x[k] - q * y[k], q = old * y[k] + q * x[k];
            STORE(row_re + m, p), STORE(row_im + m, q);
        }
    }
}

/* Series about zero strength, and the phases of every level of every power. */
INLINE void find_phases(struct game *g) {
    int G = g->G;
    f64 *re = g->spare, *im = re + 4 * G;
    phases4(all(g->low), g->span, G, re, im);
    for (int m = 0; m < G; m++) {
        times(g->save_re + m, g->save_im + m, re[m], -im[m]);
        times(g->war_re + m, g->war_im + m, re[m], -im[m]);
    }
    EACH4(c, g->powers * g->J)
        phases4(LOAD(g->strength + c), g->span, G, g->phase_re + (ptrdiff_t)c * G,
                g->phase_im + (ptrdiff_t)c * G);
}

/* ---- 4 reply and solve -------------------------------------------------------------------- */

/* Characteristic functions of one power's mixture, plain and weighted by heat. */
INLINE void characterise(struct game *g, int i, const f64 *prob) {
    int J = g->J, G = g->G;
    const f64 *re = g->phase_re + (ptrdiff_t)i * J * G, *im = g->phase_im + (ptrdiff_t)i * J * G;
    const f64 *heat = g->heat + i * J;
    f64 *chi = g->chi + (ptrdiff_t)i * 4 * G, joined = 0.0;
    EACH4(m, G) {
        v4 a = all(0.0), b = a, c = a, d = a;
        for (int l = 0; l < g->levels; l++) {
            v4 x = LOAD(re + l * G + m), y = LOAD(im + l * G + m);
            f64 p = prob[l], h = p * heat[l];
            a += p * x, b += p * y, c += h * x, d += h * y;
        }
        STORE(chi + m, a), STORE(chi + G + m, b);
        STORE(chi + 2 * G + m, c), STORE(chi + 3 * G + m, d);
    }
    for (int l = 0; l < g->levels; l++) joined += prob[l] * g->joining[i * J + l];
    g->joined[i] = joined;
}

/* Dual numbers, value and heated part: out = a * b. */
INLINE void multiply(f64 *out, const f64 *a, const f64 *b, int G) {
    EACH4(m, G) {
        v4 ar = LOAD(a + m), ai = LOAD(a + G + m), ah = LOAD(a + 2 * G + m), aj = LOAD(a + 3 * G + m);
        v4 br = LOAD(b + m), bi = LOAD(b + G + m), bh = LOAD(b + 2 * G + m), bj = LOAD(b + 3 * G + m);
        STORE(out + m, ar * br - ai * bi);
        STORE(out + G + m, ar * bi + ai * br);
        STORE(out + 2 * G + m, (ah * br - aj * bi) + (ar * bh - ai * bj));
        STORE(out + 3 * G + m, (ah * bi + aj * br) + (ar * bj + ai * bh));
    }
}

INLINE void one(f64 *dual, int G) {
    for (int m = 0; m < 4 * G; m++) dual[m] = m < G ? 1.0 : 0.0;
}

/* Expected save, and war with entrapment, at every level of power i; `others` is a dual product. */
INLINE void expect(struct game *g, int i, const f64 *others) {
    int J = g->J, G = g->G;
    f64 *sr = g->sums, *si = sr + G, *wr = si + G, *wi = wr + G;
    f64 theta = g->entrapment;
    EACH4(m, G) {
        v4 a = LOAD(others + m), b = LOAD(others + G + m);
        v4 c = a + theta * LOAD(others + 2 * G + m), d = b + theta * LOAD(others + 3 * G + m);
        v4 x = LOAD(g->save_re + m), y = LOAD(g->save_im + m);
        STORE(sr + m, x * a - y * b), STORE(si + m, x * b + y * a);
        x = LOAD(g->war_re + m), y = LOAD(g->war_im + m);
        STORE(wr + m, x * c - y * d), STORE(wi + m, x * d + y * c);
    }
    const f64 *re = g->phase_re + (ptrdiff_t)i * J * G, *im = g->phase_im + (ptrdiff_t)i * J * G;
    for (int l = 0; l < J; l++) {
        v4 saved = all(0.0), risk = saved;
        EACH4(m, G) {
            v4 x = LOAD(re + l * G + m), y = LOAD(im + l * G + m);
            saved += LOAD(sr + m) * x - LOAD(si + m) * y;
            risk += LOAD(wr + m) * x - LOAD(wi + m) * y;
        }
        g->saved[l] = sum4(saved), g->risk[l] = sum4(risk);
    }
}

/* The mean expected joining of the others on a power's side; none where it is alone. */
INLINE f64 company(const struct game *g, int i) {
    f64 sum = 0.0;
    int count = 0;
    for (int j = 0; j < g->powers; j++)
        if (j != i && g->side[j] == g->side[i]) sum += g->joined[j], count++;
    return count ? sum / count : 0.0;
}

/* Power i's logit reply, written to `reply` (J). */
INLINE void choose_levels(struct game *g, int i, f64 *reply) {
    int J = g->J;
    const f64 *worth = g->worth + i * J, *dread = g->dread + i * J, *joining = g->joining + i * J;
    f64 pull = g->complementarity != 0.0 ? g->complementarity * company(g, i) : 0.0;
    v4 top = all(-__builtin_inf()), total = all(0.0);
    EACH4(l, J) {
        v4 utility = LOAD(worth + l) + g->gain[i] * LOAD(g->saved + l) -
                     LOAD(dread + l) * LOAD(g->risk + l) + pull * LOAD(joining + l);
        STORE(reply + l, utility);
        top = most(top, utility);
    }
    f64 shift = most1(most1(top[0], top[1]), most1(top[2], top[3]));
    EACH4(l, J) {
        v4 e = exp4(LOAD(reply + l) - shift);
        STORE(reply + l, e);
        total += e;
    }
    f64 sum = sum4(total);
    EACH4(l, J) STORE(reply + l, LOAD(reply + l) / sum);
}

/* One round: each power in turn replies to the others as they stand. Returns the largest change. */
INLINE f64 sweep(struct game *g, f64 *prob, f64 step) {
    int N = g->powers, L = g->levels, G = g->G;
    f64 change = 0.0, *before = g->product, *others = g->spare, *reply = others + 4 * G;
    one(g->after + (ptrdiff_t)4 * G * N, G);
    for (int i = N - 1; i > 0; i--)
        multiply(g->after + (ptrdiff_t)4 * G * i, g->after + (ptrdiff_t)4 * G * (i + 1),
                 g->chi + (ptrdiff_t)4 * G * i, G);
    one(before, G);
    for (int i = 0; i < N; i++) {
        multiply(others, before, g->after + (ptrdiff_t)4 * G * (i + 1), G);
        expect(g, i, others);
        choose_levels(g, i, reply);
        f64 *present = prob + (ptrdiff_t)i * L;
        for (int l = 0; l < L; l++) {
            change = most1(change, absolute1(reply[l] - present[l]));
            present[l] = step == 1.0 ? reply[l] : present[l] + step * (reply[l] - present[l]);
        }
        characterise(g, i, present);
        multiply(before, before, g->chi + (ptrdiff_t)4 * G * i, G);
    }
    return change;
}

INLINE int settle(struct game *g, f64 *prob, int max_steps, f64 tolerance, f64 *residual) {
    for (int i = 0; i < g->powers; i++) characterise(g, i, prob + (ptrdiff_t)i * g->levels);
    *residual = __builtin_inf();
    for (int step = 1; step <= max_steps; step++) {
        f64 follow = step <= 50 ? 1.0 : step <= 200 ? 0.3 : step <= 600 ? 0.1 : 0.02;
        *residual = sweep(g, prob, follow);
        if (*residual < tolerance) return step;
    }
    return max_steps;
}

FASTEST void sl_solve_draw(const int *size, f64 *const *array, int draw) {
    struct game g;
    int N = size[POWERS], K = size[ACTS], L = size[LEVELS];
    lay_out(&g, size, array, draw);
    find_range(&g);
    fit(&g, array[TABLE], 1);
    array[FIT_ERROR][draw] = g.fit_error;
    if (!(g.fit_error < array[SETTING][0])) return; /* the caller tries again with more modes */
    gather_acts(&g, array[SHARE] + (ptrdiff_t)draw * N * K);
    for (int i = 0; i < N; i++)
        for (int l = 0; l < L; l++)
            array[WORTH][((ptrdiff_t)draw * N + i) * L + l] = g.worth[i * g.J + l];
    find_phases(&g);
    for (int s = 0; s < size[STARTS]; s++) {
        ptrdiff_t place = (ptrdiff_t)s * size[DRAWS] + draw;
        f64 *prob = array[PROB] + place * N * L;
        const f64 *start = array[START] + place * N * L;
        for (int c = 0; c < N * L; c++) prob[c] = start[c];
        array[STEPS][place] =
            settle(&g, prob, size[MAX_STEPS], array[SETTING][1], array[RESIDUAL] + place);
    }
}

/* ---- 5 certificate ------------------------------------------------------------------------ */

struct curve { f64 low, high, slope, bend; };

static struct curve describe(const f64 *value, f64 step) {
    struct curve c = {value[0], value[0], 0.0, 0.0};
    for (int n = 1; n < GRID; n++) {
        c.low = least1(c.low, value[n]), c.high = most1(c.high, value[n]);
        c.slope = most1(c.slope, absolute1(value[n] - value[n - 1]));
        if (n < GRID - 1)
            c.bend = most1(c.bend, absolute1((value[n + 1] - value[n]) - (value[n] - value[n - 1])));
    }
    c.slope = c.slope / step * MARGIN, c.bend = c.bend / (step * step) * MARGIN;
    return c;
}

enum { OF_SAVE, OF_WAR, OF_HEAT, OF_JOINING, CARRIED };
enum { BY_B, BY_R, BY_C, MOVED };

/* c(h, w) of one power for every carried h and moved w: see the proof in certificate.py. */
INLINE void moments(const struct game *g, int i, struct curve save, struct curve war,
                    f64 pair[CARRIED][MOVED], f64 *heat_bound) {
    int J = g->J, L = g->levels;
    const f64 never = -__builtin_inf(), *worth = g->worth + i * J, *x = g->strength + i * J;
    const f64 *dread = g->dread + i * J, *heat = g->heat + i * J, *joining = g->joining + i * J;
    f64 gain = absolute1(g->gain[i]), pull = absolute1(g->complementarity), tiny = 1e-300;
    f64 top = never, talked = 0.0, hottest = heat[0];
    f64 bend = most1(save.bend, tiny), range = save.high - save.low;
    f64 cap = most1(2 * save.slope / bend, __builtin_sqrt(2 * range / bend));
    f64 reach = (war.high - war.low) / most1(war.slope, tiny);
    f64 mean[CARRIED + MOVED] = {0}, high[CARRIED + MOVED] = {0};
    f64 product[CARRIED][MOVED] = {{0}}, peak[CARRIED][MOVED] = {{0}};
    f64 above[CARRIED] = {0}, below[CARRIED] = {0}; /* the first level */
    for (int pass = 0; pass < 3; pass++) /* talk at its best, its weight, and all the others' mass */
        for (int l = 0; l < L; l++) {
            f64 move = x[l] - x[0], hotter = heat[l] - heat[0], closer = joining[l] - joining[0];
            f64 d = absolute1(move), h = absolute1(hotter), j = absolute1(closer);
            int talk = d == 0 && dread[l] == 0 && h == 0 && j == 0;
            if (!(worth[l] > never)) continue;
            if (pass < 2) {
                if (talk && pass == 0) top = most1(top, worth[l]);
                if (talk && pass == 1) talked += exp4(all(worth[l] - top))[0];
                hottest = most1(hottest, heat[l]);
                continue;
            }
            f64 ahead = worth[l] + gain * least1(d * save.slope, range) - dread[l] * war.low + pull * j;
            ahead -= talked > 0 ? top + log1(talked) : never;
            f64 less = exp4(all(-absolute1(ahead)))[0];
            f64 pi = talk ? 0.0 : (ahead >= 0 ? 1.0 : less) / (1.0 + less);
            f64 off[CARRIED] = {move, move, hotter, closer};
            for (int a = 0; a < CARRIED; a++)
                above[a] = most1(above[a], off[a]), below[a] = most1(below[a], -off[a]);
            f64 part[CARRIED + MOVED] = {least1(d, cap), least1(d, reach), h, j};
            part[CARRIED + BY_B] = gain * part[OF_SAVE];
            part[CARRIED + BY_R] = dread[l] + dread[0];
            part[CARRIED + BY_C] = pull * j;
            for (int k = 0; k < CARRIED + MOVED; k++)
                mean[k] += pi * part[k], high[k] = most1(high[k], part[k]);
            for (int a = 0; a < CARRIED; a++)
                for (int b = 0; b < MOVED; b++) {
                    f64 both = part[a] * part[CARRIED + b];
                    product[a][b] += pi * both, peak[a][b] = most1(peak[a][b], both);
                }
        }
    for (int k = 0; k < CARRIED + MOVED; k++) mean[k] = least1(mean[k], high[k]);
    for (int a = 0; a < CARRIED; a++)
        for (int b = 0; b < MOVED; b++) {
            f64 whole = above[a] + below[a];
            if (a == OF_SAVE) whole = least1(whole, cap);
            if (a == OF_WAR) whole = least1(whole, reach);
            pair[a][b] = least1(least1(product[a][b], peak[a][b]) + mean[a] * mean[CARRIED + b],
                                0.5 * whole * high[CARRIED + b]);
        }
    *heat_bound = least1(mean[OF_HEAT] + heat[0], hottest);
}

enum { POWER_ROUNDS = 24, PER_POWER = CARRIED * MOVED + MOVED + CARRIED };

FASTEST void sl_certify_draw(const int *size, f64 *const *array, int draw) {
    struct game g;
    int N = size[POWERS];
    lay_out(&g, size, array, draw);
    find_range(&g);
    gather_acts(&g, array[SHARE] + (ptrdiff_t)draw * N * size[ACTS]);
    f64 *save_at = g.spare, *war_at = save_at + GRID4, step = g.span / (GRID - 1), heat = 0.0;
    EACH4(n, GRID4) {
        v4 s, w, place = {n, n + 1, n + 2, n + 3};
        outcomes4(&g, g.low + g.span * (place / (f64)(GRID - 1)), &s, &w);
        STORE(save_at + n, s), STORE(war_at + n, w);
    }
    struct curve save = describe(save_at, step), war = describe(war_at, step);
    f64 *rows = g.phase_re; /* free until the phases are found: PER_POWER to a power */
    for (int i = 0; i < N; i++) {
        f64(*pair)[MOVED] = (f64(*)[MOVED])(rows + (ptrdiff_t)i * PER_POWER), one_heat;
        moments(&g, i, save, war, pair, &one_heat);
        heat += one_heat;
        for (int b = 0; b < MOVED; b++) rows[(ptrdiff_t)i * PER_POWER + CARRIED * MOVED + b] = 1.0;
    }
    f64 bound = __builtin_inf(), hotter = 1.0 + g.entrapment * heat;
    for (int round = 0; round < POWER_ROUNDS; round++) {
        f64 all_of[CARRIED] = {0}, joined[2] = {0}, ratio = 0.0, top[MOVED] = {0};
        int count[2] = {0};
        for (int i = 0; i < N; i++) {
            f64 *row = rows + (ptrdiff_t)i * PER_POWER, *state = row + CARRIED * MOVED;
            f64 *change = state + MOVED;
            for (int a = 0; a < CARRIED; a++) {
                change[a] = 0.0;
                for (int b = 0; b < MOVED; b++) change[a] += row[a * MOVED + b] * state[b];
                all_of[a] += change[a];
            }
            joined[g.side[i] > 0] += change[OF_JOINING], count[g.side[i] > 0]++;
        }
        for (int i = 0; i < N; i++) {
            f64 *state = rows + (ptrdiff_t)i * PER_POWER + CARRIED * MOVED, *change = state + MOVED;
            int side = g.side[i] > 0, fellows = count[side] > 1 ? count[side] - 1 : 1;
            f64 new[MOVED];
            new[BY_B] = save.bend * (all_of[OF_SAVE] - change[OF_SAVE]);
            new[BY_R] = war.slope * hotter * (all_of[OF_WAR] - change[OF_WAR]) +
                        g.entrapment * war.high * (all_of[OF_HEAT] - change[OF_HEAT]);
            new[BY_C] = (joined[side] - change[OF_JOINING]) / fellows;
            for (int b = 0; b < MOVED; b++) {
                ratio = most1(ratio, new[b] / state[b]);
                state[b] = new[b], top[b] = most1(top[b], new[b]);
            }
        }
        bound = least1(bound, ratio);
        f64 scale = most1(most1(top[0], most1(top[1], top[2])), 1e-300);
        for (int i = 0; i < N; i++)
            for (int b = 0; b < MOVED; b++) {
                f64 *state = rows + (ptrdiff_t)i * PER_POWER + CARRIED * MOVED + b;
                *state = *state / scale + 1e-9;
            }
    }
    array[RADIUS][draw] = bound;
}

/* ---- 6 jacobian and adjoint ---------------------------------------------------------------- */

/* Solve A x = b in place by elimination with row pivoting; b becomes x. A is (n, n), row by row. */
INLINE void eliminate(f64 *A, f64 *b, int n) {
    for (int k = 0; k < n; k++) {
        int pivot = k;
        for (int r = k + 1; r < n; r++)
            if (absolute1(A[(ptrdiff_t)r * n + k]) > absolute1(A[(ptrdiff_t)pivot * n + k])) pivot = r;
        if (pivot != k) {
            for (int c = k; c < n; c++) {
                f64 kept = A[(ptrdiff_t)k * n + c];
                A[(ptrdiff_t)k * n + c] = A[(ptrdiff_t)pivot * n + c];
                A[(ptrdiff_t)pivot * n + c] = kept;
            }
            f64 kept = b[k];
            b[k] = b[pivot], b[pivot] = kept;
        }
        f64 inverse = 1.0 / A[(ptrdiff_t)k * n + k];
        for (int r = k + 1; r < n; r++) {
            f64 factor = A[(ptrdiff_t)r * n + k] * inverse;
            if (factor == 0.0) continue;
            f64 *row = A + (ptrdiff_t)r * n;
            const f64 *from = A + (ptrdiff_t)k * n;
            for (int c = k + 1; c < n; c++) row[c] -= factor * from[c];
            b[r] -= factor * b[k];
        }
    }
    for (int k = n - 1; k >= 0; k--) {
        for (int c = k + 1; c < n; c++) b[k] -= A[(ptrdiff_t)k * n + c] * b[c];
        b[k] /= A[(ptrdiff_t)k * n + k];
    }
}

/* The block of the jacobian by which power i's reply moves with power j's mixture. `value` is the
 * dual product over the rest; `out` points at entry (i, 0; j, 0) of rows of length n. */
INLINE void block(struct game *g, int i, int j, const f64 *value, const f64 *prob, f64 *out, int n,
                  f64 *room) {
    int J = g->J, G = g->G, L = g->levels, fellows = 0;
    f64 *series = room, *mean = room + 10 * (ptrdiff_t)G;
    const f64 *own_re = g->phase_re + (ptrdiff_t)i * J * G, *own_im = g->phase_im + (ptrdiff_t)i * J * G;
    const f64 *re = g->phase_re + (ptrdiff_t)j * J * G, *im = g->phase_im + (ptrdiff_t)j * J * G;
    f64 theta = g->entrapment, *sr = series, *si = sr + G, *wr = si + G, *wi = wr + G;
    f64 *saves = wi + G, *cold = saves + 2 * G, *hot = cold + 2 * G;
    for (int k = 0; k < g->powers; k++) fellows += g->side[k] == g->side[i];
    f64 pull = g->side[i] == g->side[j] ? g->complementarity / (fellows > 1 ? fellows - 1 : 1) : 0.0;
    EACH4(k, G) { /* what does not depend on the level of j */
        v4 a = LOAD(value + k), b = LOAD(value + G + k), u = LOAD(g->save_re + k);
        v4 v = LOAD(g->save_im + k), x = LOAD(g->war_re + k), y = LOAD(g->war_im + k);
        v4 c = a + theta * LOAD(value + 2 * G + k), d = b + theta * LOAD(value + 3 * G + k);
        STORE(saves + k, u * a - v * b), STORE(saves + G + k, u * b + v * a);
        STORE(cold + k, x * c - y * d), STORE(cold + G + k, x * d + y * c);
        STORE(hot + k, theta * (x * a - y * b)), STORE(hot + G + k, theta * (x * b + y * a));
    }
    for (int m = 0; m < L; m++) {
        f64 heat = g->heat[j * J + m], average = 0.0;
        EACH4(k, G) {
            v4 x = LOAD(re + m * G + k), y = LOAD(im + m * G + k);
            v4 a = LOAD(saves + k), b = LOAD(saves + G + k);
            v4 c = LOAD(cold + k) + heat * LOAD(hot + k);
            v4 d = LOAD(cold + G + k) + heat * LOAD(hot + G + k);
            STORE(sr + k, a * x - b * y), STORE(si + k, a * y + b * x);
            STORE(wr + k, c * x - d * y), STORE(wi + k, c * y + d * x);
        }
        for (int l = 0; l < L; l++) {
            v4 save = all(0.0), risk = save;
            EACH4(k, G) {
                v4 x = LOAD(own_re + l * G + k), y = LOAD(own_im + l * G + k);
                save += x * LOAD(sr + k) - y * LOAD(si + k);
                risk += x * LOAD(wr + k) - y * LOAD(wi + k);
            }
            f64 slope = g->gain[i] * sum4(save) - g->dread[i * J + l] * sum4(risk) +
                        pull * g->joining[i * J + l] * g->joining[j * J + m];
            out[(ptrdiff_t)l * n + m] = slope;
            average += prob[i * L + l] * slope;
        }
        mean[m] = average;
    }
    for (int l = 0; l < L; l++)
        for (int m = 0; m < L; m++)
            out[(ptrdiff_t)l * n + m] = prob[i * L + l] * (out[(ptrdiff_t)l * n + m] - mean[m]);
}

FASTEST void sl_adjoint_draw(const int *size, f64 *const *array, int draw) {
    struct game g;
    int N = size[POWERS], K = size[ACTS], L = size[LEVELS], n = N * L, G = size[MODES];
    f64 *at = lay_out(&g, size, array, draw) + (ptrdiff_t)n * n;
    find_range(&g);
    fit(&g, array[TABLE], 0);
    gather_acts(&g, at + (ptrdiff_t)n * n + n); /* shares are not wanted here */
    find_phases(&g);
    const f64 *prob = array[PROB] + (ptrdiff_t)draw * n, *bar = array[BAR] + (ptrdiff_t)draw * n;
    f64 *system = at, *mu = at + (ptrdiff_t)n * n, *own = at - (ptrdiff_t)n * n;
    f64 *moves = size[STARTS] ? array[JACOBIAN] + (ptrdiff_t)draw * n * n : own;
    f64 *room = mu + n + K * (ptrdiff_t)N, *rest = room + 10 * G + g.J, *from = rest + 4 * G;
    for (int c = 0; c < n * n; c++) moves[c] = 0.0;
    for (int i = 0; i < N; i++) characterise(&g, i, prob + (ptrdiff_t)i * L);
    for (int i = 0; i < N; i++) {
        /* products of all but i from each place on, then those before it */
        one(g.after + (ptrdiff_t)4 * G * N, G);
        for (int j = N - 1; j >= 0; j--)
            if (j == i)
                for (int m = 0; m < 4 * G; m++)
                    g.after[(ptrdiff_t)4 * G * j + m] = g.after[(ptrdiff_t)4 * G * (j + 1) + m];
            else
                multiply(g.after + (ptrdiff_t)4 * G * j, g.after + (ptrdiff_t)4 * G * (j + 1),
                         g.chi + (ptrdiff_t)4 * G * j, G);
        one(from, G);
        for (int j = 0; j < N; j++) {
            if (j == i) continue;
            multiply(rest, from, g.after + (ptrdiff_t)4 * G * (j + 1), G);
            block(&g, i, j, rest, prob, moves + (ptrdiff_t)i * L * n + (ptrdiff_t)j * L, n, room);
            multiply(from, from, g.chi + (ptrdiff_t)4 * G * j, G);
        }
    }
    for (int r = 0; r < n; r++) {
        for (int c = 0; c < n; c++)
            system[(ptrdiff_t)r * n + c] = (r == c ? 1.0 : 0.0) - moves[(ptrdiff_t)c * n + r];
        mu[r] = bar[r];
    }
    eliminate(system, mu, n);
    f64 *d_worth = array[D_WORTH] + (ptrdiff_t)draw * n, *d_dread = array[D_DREAD] + (ptrdiff_t)draw * n;
    f64 *d_rest = array[D_REST] + (ptrdiff_t)draw * (N + 2);
    d_rest[N] = d_rest[N + 1] = 0.0;
    one(g.after + (ptrdiff_t)4 * G * N, G);
    for (int j = N - 1; j > 0; j--)
        multiply(g.after + (ptrdiff_t)4 * G * j, g.after + (ptrdiff_t)4 * G * (j + 1),
                 g.chi + (ptrdiff_t)4 * G * j, G);
    one(from, G);
    for (int i = 0; i < N; i++) {
        f64 average = 0.0, pull = 0.0;
        const f64 *p = prob + (ptrdiff_t)i * L, *m = mu + (ptrdiff_t)i * L;
        for (int l = 0; l < L; l++) average += p[l] * m[l];
        for (int l = 0; l < L; l++) d_worth[i * L + l] = p[l] * (m[l] - average);
        multiply(rest, from, g.after + (ptrdiff_t)4 * G * (i + 1), G);
        expect(&g, i, rest);
        d_rest[i] = 0.0;
        for (int l = 0; l < L; l++) {
            d_rest[i] += d_worth[i * L + l] * g.saved[l];
            d_dread[i * L + l] = -d_worth[i * L + l] * g.risk[l];
            pull += d_worth[i * L + l] * g.joining[i * g.J + l];
        }
        d_rest[N + 1] += pull * company(&g, i);
        /* the same with the heated part alone is the derivative in entrapment */
        for (int k = 0; k < 2 * G; k++) rest[k] = rest[2 * G + k], rest[2 * G + k] = 0.0;
        expect(&g, i, rest);
        for (int l = 0; l < L; l++)
            d_rest[N] -= d_worth[i * L + l] * g.dread[i * g.J + l] * g.risk[l];
        multiply(from, from, g.chi + (ptrdiff_t)4 * G * i, G);
    }
}

/* ---- 7 batches ---------------------------------------------------------------------------- */

/* Solve every draw from every start. Leaves alone what the fit is too rough for. */
void sl_solve(const int *size, f64 *const *array) {
    for (int draw = 0; draw < size[DRAWS]; draw++) sl_solve_draw(size, array, draw);
}

void sl_certify(const int *size, f64 *const *array) {
    for (int draw = 0; draw < size[DRAWS]; draw++) sl_certify_draw(size, array, draw);
}

void sl_adjoint(const int *size, f64 *const *array) {
    for (int draw = 0; draw < size[DRAWS]; draw++) sl_adjoint_draw(size, array, draw);
}

#if !defined(__wasm__) && !defined(SL_ALONE)
/* ---- 8 the Python module ------------------------------------------------------------------- */

#define Py_LIMITED_API 0x030B0000
#define PY_SSIZE_T_CLEAN
#include <Python.h>
#include <string.h>

enum { MOST_ARRAYS = 32, VERSION = 2 }; /* kernel.py refuses another version than its own */

/* Whether sizes are sound and array k is as long as a call reads or writes it. In doubles: no size
 * overflows one. */
static int sound(const int *size) {
    for (int k = 0; k <= MAX_STEPS; k++)
        if (size[k] < 0) return 0;
    return size[LEVELS] > 0 && size[ACTS] > 0 && size[MODES] >= 16 && size[MODES] % 8 == 0;
}

static f64 length_of(int k, char call, const int *size) {
    f64 D = size[DRAWS], N = size[POWERS], K = size[ACTS], L = size[LEVELS], G = size[MODES];
    f64 S = size[STARTS], cells = N * L, all = call == 's' ? S * D * cells : D * cells;
    switch (k) {
    case OWN: return D * N * K;
    case LEVEL: return K;
    case SIDE: return N;
    case STRENGTH: case DREAD: case HEAT: case JOINING: return D * cells;
    case GAIN: return D * N;
    case ENTRAPMENT: case COMPLEMENTARITY: return D;
    case EXCHANGE: return 8 * D;
    case TABLE: return 7 * G * G + 5.5 * G;
    case SETTING: return call == 's' ? 2 : 0;
    case START: return call == 'c' ? 0 : all;
    case PROB: return call == 'c' ? D : all;
    case RESIDUAL: case STEPS: return call == 's' ? S * D : call == 'c' ? 0 : all;
    case FIT_ERROR: return call == 's' ? D : call == 'c' ? 0 : D * (N + 2);
    case SHARE: return call != 'a' ? D * N * K : S > 0 ? D * cells * cells : 0;
    default: return call == 's' ? D * cells : 0; /* WORTH */
    }
}

/* run(name, sizes, arrays): buffers of doubles in the order of enum array, scratch left out. */
static PyObject *run(PyObject *self, PyObject *args) {
    const char *name;
    PyObject *sizes, *buffers, *result = NULL;
    Py_buffer view[MOST_ARRAYS];
    f64 *array[MOST_ARRAYS];
    int size[16], held = 0;
    (void)self;
    if (!PyArg_ParseTuple(args, "sO!O!", &name, &PyTuple_Type, &sizes, &PyTuple_Type, &buffers))
        return NULL;
    Py_ssize_t count = PyTuple_Size(buffers), numbers = PyTuple_Size(sizes);
    if (count != SCRATCH || numbers != MAX_STEPS + 1) {
        PyErr_SetString(PyExc_ValueError, "wrong number of sizes or arrays");
        return NULL;
    }
    for (Py_ssize_t k = 0; k < numbers; k++) {
        long given = PyLong_AsLong(PyTuple_GetItem(sizes, k));
        if (PyErr_Occurred()) return NULL;
        size[k] = given == (int)given ? (int)given : -1;
    }
    int known = strcmp(name, "solve") == 0 || strcmp(name, "certify") == 0 || strcmp(name, "adjoint") == 0;
    if (!known || !sound(size)) {
        PyErr_SetString(PyExc_ValueError, "no such call, or no such size");
        return NULL;
    }
    for (; held < count; held++) {
        PyObject *given = PyTuple_GetItem(buffers, held);
        int how = PyBUF_C_CONTIGUOUS | PyBUF_FORMAT, kept = held < PROB;
        if (strcmp(name, "adjoint") == 0) kept = held <= PROB;
        if (PyObject_GetBuffer(given, view + held, kept ? how : how | PyBUF_WRITABLE) < 0) goto done;
        if (strcmp(view[held].format, "d") != 0) {
            held++;
            PyErr_SetString(PyExc_TypeError, "arrays must hold doubles");
            goto done;
        }
        if ((f64)view[held].len < length_of(held, name[0], size) * sizeof(f64)) {
            PyErr_Format(PyExc_ValueError, "array %d is shorter than the sizes say", held);
            held++;
            goto done;
        }
        array[held] = view[held].buf;
    }
    ptrdiff_t scratch = strcmp(name, "adjoint") == 0 ? sl_scratch_adjoint(size) : sl_scratch(size);
    f64 *memory = PyMem_Malloc((size_t)scratch * sizeof(f64));
    if (memory == NULL) {
        PyErr_NoMemory();
        goto done;
    }
    array[SCRATCH] = memory;
    Py_BEGIN_ALLOW_THREADS
    if (strcmp(name, "solve") == 0) sl_solve(size, array);
    if (strcmp(name, "certify") == 0) sl_certify(size, array);
    if (strcmp(name, "adjoint") == 0) sl_adjoint(size, array);
    Py_END_ALLOW_THREADS
    PyMem_Free(memory);
    result = Py_None;
    Py_INCREF(result);
done:
    while (held > 0) PyBuffer_Release(view + --held);
    return result;
}

static PyMethodDef methods[] = {{"run", run, METH_VARARGS, "Run a batch; see kernel.py."},
                                {NULL, NULL, 0, NULL}};
static struct PyModuleDef module = {PyModuleDef_HEAD_INIT, "_kernel", NULL, -1, methods,
                                    NULL, NULL, NULL, NULL};
PyMODINIT_FUNC PyInit__kernel(void) {
    PyObject *made = PyModule_Create(&module);
    if (made != NULL && PyModule_AddIntConstant(made, "VERSION", VERSION) < 0) Py_CLEAR(made);
    return made;
}
#endif
