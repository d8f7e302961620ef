/* Ways and sight lines in C: the same steps as the numpy twins, one line or one search at a time.
 *
 * The twins (walk.py, search.py) are the definition; this is their fast copy, and tests hold the two
 * together: the same cells, the same lengths. No library mathematics but square roots and no
 * contraction of floating point, so that one source gives one answer wherever it is compiled.
 *
 *   1 walking a great circle   2 sight lines   3 searches   4 calls   5 the Python module
 */
#include <stddef.h>
#include <stdint.h>
#include <string.h>

typedef double f64;
typedef uint64_t u64;
typedef uint32_t u32;
typedef int32_t i32;
typedef int64_t i64;

enum { LANES = 4 };

typedef f64 vf __attribute__((vector_size(8 * LANES)));
typedef i64 vl __attribute__((vector_size(8 * LANES)));
typedef i32 vi __attribute__((vector_size(4 * LANES)));

#define INLINE static inline __attribute__((always_inline))

/* Twice the lanes where the processor has them; the same operations, so the same numbers. */
#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__) && defined(__linux__) && \
    !defined(SL_PLAIN)
#define FASTEST __attribute__((target_clones("avx2", "default")))
#else
#define FASTEST
#endif

/* ---- 1 walking a great circle -------------------------------------------------------------- */

static const f64 PI = 3.141592653589793, HALF_PI = 1.5707963267948966;
static const f64 EARTH_RADIUS_KM = 6371.0088; /* as in distance.py */

INLINE vf choose(vl mask, vf yes, vf no) { return (vf)(((vl)yes & mask) | ((vl)no & ~mask)); }

INLINE vf absolute(vf x) { return (vf)((vl)x & 0x7fffffffffffffffLL); }

INLINE vf root(vf x) {
    for (int k = 0; k < LANES; k++) x[k] = __builtin_sqrt(x[k]);
    return x;
}

/* atan(t) for 0 <= t <= 1, to 2e-8 (Abramowitz and Stegun 4.4.49): a tenth of a metre on Earth. */
INLINE vf arctan(vf t) {
    vf s = t * t, sum = s * 0.0028662257 - 0.0161657367;
    sum = sum * s + 0.0429096138;
    sum = sum * s - 0.0752896400;
    sum = sum * s + 0.1065626393;
    sum = sum * s - 0.1420889944;
    sum = sum * s + 0.1999355085;
    sum = sum * s - 0.3333314528;
    return t * (sum * s + 1.0);
}

/* The angle of (x, y) seen from the origin. */
INLINE vf angle(vf y, vf x) {
    vf up = absolute(y), right = absolute(x), none = {0};
    vl steep = up > right;
    vf low = choose(steep, right, up), high = choose(steep, up, right);
    vf turn = arctan(choose(high > 0, low / high, none));
    turn = choose(steep, HALF_PI - turn, turn);
    turn = choose(x < 0, PI - turn, turn);
    return choose(y < 0, -turn, turn);
}

/* A grid of areas or of packed land, and its map of room: what a block holds in the upper half, and
 * in the lower how far from anywhere in it nothing else is [1/ROOM_PER_KM km]. */
static const f64 ROOM_PER_KM = 4; /* as in room.py */
typedef struct {
    i64 rows, columns, shift; /* shift -1: no room is known */
    const uint16_t *grid;
    const uint8_t *land;
    const u32 *room;
} Chart;

typedef struct { vf row, column, flat; } Places; /* in cells; flat: cosine of the latitude */

INLINE Places places(const Chart *chart, const vf *at) {
    vf flat = root(at[0] * at[0] + at[1] * at[1]);
    return (Places){(HALF_PI - angle(at[2], flat)) * ((f64)chart->rows / PI),
                    (angle(at[1], at[0]) + PI) * ((f64)chart->columns / (2 * PI)), flat};
}

INLINE i64 clipped(i64 row, i64 rows) { return row < 0 ? 0 : row >= rows ? rows - 1 : row; }

/* What a cell holds; 0 for more than `most`. */
INLINE i64 held(const Chart *chart, i64 cell, i64 most) {
    i64 found = chart->grid ? chart->grid[cell] : chart->land[cell >> 3] >> (7 - (cell & 7)) & 1;
    return found <= most ? found : 0;
}

INLINE i64 cell_at(const Chart *chart, i64 row, i64 column) {
    return clipped(row, chart->rows) * chart->columns +
           (column < 0 || column >= chart->columns ? 0 : column);
}

/* What a block holds, by the map of room; 0 for more than `most`. */
INLINE i64 known(u32 room, i64 most) { return room >> 16 <= (u64)most ? room >> 16 : 0; }

/* What the map of room says at places, zero where there is none, and their cells. */
INLINE void look_up(const Chart *chart, Places at, u32 *room, i64 *cell) {
    vi row = __builtin_convertvector(at.row, vi), column = __builtin_convertvector(at.column, vi);
    i64 blocks = chart->shift < 0 ? 0 : chart->columns >> chart->shift;
    for (int k = 0; k < LANES; k++) {
        i64 r = clipped(row[k], chart->rows), c = column[k];
        c = c < 0 || c >= chart->columns ? 0 : c;
        cell[k] = r * chart->columns + c;
        room[k] = chart->shift < 0 ? 0 : chart->room[(r >> chart->shift) * blocks + (c >> chart->shift)];
    }
}

INLINE void turn(f64 *at, f64 *heading, f64 cosine, f64 sine) {
    for (int k = 0; k < 3; k++) {
        f64 there = at[k] * cosine + heading[k] * sine;
        heading[k] = heading[k] * cosine - at[k] * sine;
        at[k] = there;
    }
}

/* A stretch is walked in quarters of eight pieces. What lies within reach of a quarter's middle is
 * known from the room there; otherwise each piece is looked at, at a place read off the cubic
 * through the four middles, which is within a metre, or is worked out where that is not so. */
enum { LEAPS = 8, QUARTER = 8, STRETCH = LANES * QUARTER };
static const f64 SMOOTH = 0.015; /* radians of longitude between middles, up to which that holds */

typedef struct { f64 even, square, odd, cube; } Cubic;

INLINE Cubic cubic(vf y) {
    f64 near = (y[1] + y[2]) / 2, square = ((y[0] + y[3]) / 2 - near) / 2, step = y[2] - y[1];
    f64 cube = (y[3] - y[0] - 3 * step) / 6;
    return (Cubic){near - square / 4, square, step - cube / 4, cube};
}

INLINE vf on(Cubic c, vf x) {
    vf xx = x * x;
    return (c.square * xx + c.even) + (c.cube * xx + c.odd) * x;
}

/* Look at a quarter's pieces at places read off the curve, which keeps away from the poles. */
INLINE void glance(const Chart *chart, Cubic row, Cubic column, int quarter, i64 pieces, i64 most,
                   i64 *count) {
    i64 found[QUARTER];
    for (int k = 0; k < QUARTER; k += LANES) {
        f64 first = (f64)(QUARTER * quarter + k) / QUARTER - 2.0;
        vf x = first + (vf){0.0, 1.0 / QUARTER, 2.0 / QUARTER, 3.0 / QUARTER};
        vf r = on(row, x), c = on(column, x), none = {0};
        vf last = none + (f64)(chart->rows - 1), whole = none + (f64)chart->columns;
        c = choose(c < 0, c + whole, c);
        c = choose(c >= whole, c - whole, c);
        c = choose((c >= 0) & (c < whole), c, none);
        r = choose(r > 0, choose(r < last, r, last), none);
        vi cell = __builtin_convertvector(r, vi) * (i32)chart->columns +
                  __builtin_convertvector(c, vi);
        for (int lane = 0; lane < LANES; lane++) found[k + lane] = held(chart, cell[lane], most);
    }
    i64 differ = 0;
    for (int k = 1; k < QUARTER; k++) differ |= found[k] ^ found[0];
    if (differ == 0)
        count[found[0]] += pieces < QUARTER ? pieces : QUARTER;
    else
        for (int k = 0; k < QUARTER && k < pieces; k++) count[found[k]]++;
}

/* Look at a quarter's pieces one by one. */
static void stare(const Chart *chart, const f64 *from, const f64 *toward, const f64 *turns,
                  int quarter, i64 pieces, i64 most, i64 *count) {
    f64 at[3] = {from[0], from[1], from[2]}, heading[3] = {toward[0], toward[1], toward[2]};
    vf four[3] = {{0}, {0}, {0}};
    for (int k = 0; k < quarter; k++) turn(at, heading, turns[6], turns[7]);
    for (i64 k = 0; k < QUARTER && k < pieces; k += LANES) {
        for (int lane = 0; lane < LANES; lane++) {
            for (int axis = 0; axis < 3; axis++) four[axis][lane] = at[axis];
            turn(at, heading, turns[0], turns[1]);
        }
        Places seen = places(chart, four);
        vi row = __builtin_convertvector(seen.row, vi);
        vi column = __builtin_convertvector(seen.column, vi);
        for (int lane = 0; lane < LANES && k + lane < pieces; lane++)
            count[held(chart, cell_at(chart, row[lane], column[lane]), most)]++;
    }
}

/* Count the pieces of a line by what they lie in, up to `most`; 0 counts all beyond as well. Stops
 * when there are more than `enough` in 1. `turns` are cosine and sine of 1, 2, 4, ... 128 pieces. */
INLINE void walk(const Chart *chart, const f64 *first, const f64 *second, const f64 *turns,
                 i64 pieces, f64 piece_km, i64 most, f64 enough, i64 *count) {
    f64 at[3] = {first[0], first[1], first[2]}, heading[3] = {second[0], second[1], second[2]};
    vf cosine = {turns[4], 0, 0, 0}, sine = {turns[5], 0, 0, 0};
    for (int k = 1; k < LANES; k++) { /* to the middles of the quarters: 4, 12, 20, 28 pieces on */
        cosine[k] = cosine[k - 1] * turns[6] - sine[k - 1] * turns[7];
        sine[k] = sine[k - 1] * turns[6] + cosine[k - 1] * turns[7];
    }
    f64 per_km = piece_km > 0 ? 1.0 / piece_km : 0.0;
    f64 half = piece_km * QUARTER / 2 * ROOM_PER_KM + 1;
    u32 wide = half < 0xffff ? (u32)half : 0x10000;
    f64 apart = piece_km * QUARTER / EARTH_RADIUS_KM / SMOOTH;
    for (i64 left = pieces; left > 0 && !((f64)count[1] > enough);) {
        vf middle[3];
        for (int k = 0; k < 3; k++) middle[k] = at[k] * cosine + heading[k] * sine;
        Places seen = places(chart, middle);
        i64 cell[LANES], found = 0;
        u32 room[LANES], least = ~(u32)0, differ = 0;
        look_up(chart, seen, room, cell);
        for (int k = 0; k < LANES; k++) {
            least = (room[k] & 0xffff) < least ? room[k] & 0xffff : least;
            differ |= room[k] ^ room[0];
        }
        if (least >= wide && left >= STRETCH && differ >> 16 == 0)
            count[found = known(room[0], most)] += STRETCH;
        else {
            vf x = seen.column;
            f64 round = (f64)chart->columns;
            for (int k = 1; k < LANES; k++)
                x[k] += x[k] - x[0] > round / 2 ? -round : x[0] - x[k] > round / 2 ? round : 0;
            Cubic rows = cubic(seen.row), columns = cubic(x);
            int curved = 0;
            for (int k = 0; k < LANES; k++) curved |= apart > seen.flat[k];
            for (int quarter = 0; quarter < LANES; quarter++) {
                i64 some = left - QUARTER * quarter;
                if (some <= 0 || (f64)count[1] > enough) break;
                if ((room[quarter] & 0xffff) >= wide)
                    count[known(room[quarter], most)] += some < QUARTER ? some : QUARTER;
                else if (curved)
                    stare(chart, at, heading, turns, quarter, some, most, count);
                else
                    glance(chart, rows, columns, quarter, some, most, count);
            }
            found = known(room[LANES - 1], most);
        }
        i64 free = (i64)((f64)(room[LANES - 1] & 0xffff) / ROOM_PER_KM * per_km);
        left -= STRETCH;
        free -= QUARTER / 2 - 1; /* pieces beyond this stretch that lie in the same */
        turn(at, heading, turns[10], turns[11]);
        while (left > 0 && free >= STRETCH) {
            i64 leap = free >= 128 ? 7 : free >= 64 ? 6 : 5, gone = (i64)1 << leap;
            count[found] += gone < left ? gone : left;
            left -= gone, free -= gone;
            turn(at, heading, turns[2 * leap], turns[2 * leap + 1]);
        }
    }
}

/* What a block of `size` by `size` cells holds everywhere, or -1; packed cells are eight a byte. */
INLINE i32 whole(const uint8_t *bytes, const uint16_t *cells, i64 at, i64 size, i64 columns) {
    i32 one = bytes ? bytes[at] : cells[at];
    if (bytes && one != 0 && one != 255) return -1;
    for (i64 k = 0; k < size; k++)
        for (i64 l = 0; l < (bytes ? 1 : size); l++)
            if ((bytes ? bytes[at + k * columns + l] : cells[at + k * columns + l]) != one) return -1;
    return one;
}

/* How many blocks one may go from each, any way, and still be in the same area. Zero at the first
 * and last rows. */
static void clear(i64 rows, i64 columns, i64 size, const uint8_t *bytes, const uint16_t *cells,
                  i32 *value, uint8_t *steps) {
    i64 wide = bytes ? 1 : size;
    for (i64 r = 0; r < rows; r++)
        for (i64 c = 0; c < columns; c++)
            value[r * columns + c] =
                whole(bytes, cells, r * size * columns * wide + c * wide, size, columns * wide);
    for (i64 r = 0; r < rows; r++)
        for (i64 c = 0; c < columns; c++) {
            i64 west = c > 0 ? c - 1 : columns - 1, east = c + 1 < columns ? c + 1 : 0;
            i32 one = value[r * columns + c];
            int same = one >= 0 && r > 0 && r + 1 < rows;
            for (i64 k = r - 1; same && k <= r + 1; k++)
                same = value[k * columns + west] == one && value[k * columns + c] == one &&
                       value[k * columns + east] == one;
            steps[r * columns + c] = same ? 255 : 0;
        }
    for (int round = 0; round < 4; round++) { /* down, up, and again to go round the world */
        i64 way = round & 1 ? -1 : 1;
        for (i64 r = way > 0 ? 1 : rows - 2; r > 0 && r < rows - 1; r += way)
            for (i64 n = 0, c = way > 0 ? 0 : columns - 1; n < columns; n++, c += way) {
                i64 west = c > 0 ? c - 1 : columns - 1, east = c + 1 < columns ? c + 1 : 0;
                uint8_t *row = steps + r * columns, *done = row - way * columns, least = done[c];
                if (row[c] == 0) continue;
                if (done[west] < least) least = done[west];
                if (done[east] < least) least = done[east];
                if (row[way > 0 ? west : east] < least) least = row[way > 0 ? west : east];
                if (least < 255 && least + 1 < row[c]) row[c] = (uint8_t)(least + 1);
            }
    }
}

/* ---- 2 sight lines -------------------------------------------------------------------------- */

/* Which areas each line crosses by more than graze_km in all; 0 in the grid is nobody's. */
FASTEST static void areas(i64 lines, i64 rows, i64 columns, i64 words, i64 shift, f64 graze_km,
                          const uint16_t *grid, const u32 *room, const f64 *first,
                          const f64 *second, const f64 *turns, const i64 *pieces,
                          const f64 *piece_km, i64 *count, u64 *crossed) {
    const Chart chart = {rows, columns, shift, grid, NULL, room};
    i64 most = 64 * words;
    for (i64 line = 0; line < lines; line++) {
        memset(count, 0, (size_t)(most + 1) * sizeof *count);
        walk(&chart, first + 3 * line, second + 3 * line, turns + 2 * LEAPS * line, pieces[line],
             piece_km[line], most, __builtin_inf(), count);
        for (i64 area = 0; area < most; area++)
            if ((f64)count[area + 1] * piece_km[line] > graze_km)
                crossed[line * words + (area >> 6)] |= (u64)1 << (area & 63);
    }
}

INLINE void cross(const f64 *a, const f64 *b, f64 *out) {
    out[0] = a[1] * b[2] - a[2] * b[1];
    out[1] = a[2] * b[0] - a[0] * b[2];
    out[2] = a[0] * b[1] - a[1] * b[0];
}

INLINE f64 dot(const f64 *a, const f64 *b) { return (a[0] * b[0] + a[1] * b[1]) + a[2] * b[2]; }

/* The areas of the gates that the line from a to b passes. */
static void pass(const f64 *a, const f64 *b, i64 gates, const f64 *post, const f64 *other,
                 const i64 *area, u64 *crossed) {
    f64 across[3], along[3];
    cross(a, b, across);
    for (i64 gate = 0; gate < gates; gate++) {
        const f64 *c = post + 3 * gate, *d = other + 3 * gate;
        f64 acb = -dot(across, c), bda = dot(across, d);
        if (acb * bda <= 0) continue;
        cross(c, d, along);
        f64 cbd = -dot(along, b), dac = dot(along, a);
        if (acb * cbd > 0 && acb * dac > 0) crossed[area[gate] >> 6] |= (u64)1 << (area[gate] & 63);
    }
}

/* Which lines meet no more than graze_km of land in all, and the areas of the gates they pass. */
FASTEST static void water(i64 lines, i64 rows, i64 columns, i64 words, i64 shift, i64 gates,
                          f64 graze_km, const uint8_t *land, const u32 *room, const f64 *first,
                          const f64 *second, const f64 *turns, const i64 *pieces,
                          const f64 *piece_km, const f64 *from, const f64 *to, const f64 *post,
                          const f64 *other, const i64 *area, uint8_t *open, u64 *crossed) {
    const Chart chart = {rows, columns, shift, NULL, land, room};
    for (i64 line = 0; line < lines; line++) {
        f64 km = piece_km[line];
        i64 count[2] = {0};
        walk(&chart, first + 3 * line, second + 3 * line, turns + 2 * LEAPS * line, pieces[line], km,
             1, km > 0 ? graze_km / km : graze_km, count);
        open[line] = !((f64)count[1] * km > graze_km);
        if (open[line])
            pass(from + 3 * line, to + 3 * line, gates, post, other, area, crossed + line * words);
    }
}

/* ---- 3 searches ----------------------------------------------------------------------------- */

typedef struct { f64 key; i64 vertex; } Item;

/* A heap of vertices, four children each, that knows where each vertex stands (-1: nowhere). */
typedef struct { Item *item; i32 *place; i64 size; } Heap;

INLINE void put(Heap *h, i64 at, Item it) { h->item[at] = it, h->place[it.vertex] = (i32)at; }

INLINE void rise(Heap *h, i64 at, Item it) {
    while (at > 0 && h->item[(at - 1) >> 2].key > it.key) {
        put(h, at, h->item[(at - 1) >> 2]);
        at = (at - 1) >> 2;
    }
    put(h, at, it);
}

INLINE void lower(Heap *h, i64 vertex, f64 key) {
    i64 at = h->place[vertex];
    rise(h, at < 0 ? h->size++ : at, (Item){key, vertex});
}

INLINE Item take_least(Heap *h) {
    Item least = h->item[0], last = h->item[--h->size];
    i64 at = 0, child;
    h->place[least.vertex] = -1;
    if (h->size == 0) return least;
    while ((child = 4 * at + 1) < h->size) {
        i64 best = child, stop = child + 4 < h->size ? child + 4 : h->size;
        for (i64 k = child + 1; k < stop; k++)
            if (h->item[k].key < h->item[best].key) best = k;
        if (h->item[best].key >= last.key) break;
        put(h, at, h->item[best]);
        at = best;
    }
    put(h, at, last);
    return least;
}

INLINE int meets(const u64 *a, const u64 *b, i64 words) {
    u64 both = 0;
    for (i64 w = 0; w < words; w++) both |= a[w] & b[w];
    return both != 0;
}

INLINE void join(u64 *into, const u64 *from, i64 words) {
    for (i64 w = 0; w < words; w++) into[w] |= from[w];
}

/* How far cells lie from one by water, over their eight neighbours: `east` and `aslant` are a row's
 * steps [km]. Two corners of land that touch let nobody between them. */
static void flood(i64 high, i64 broad, i64 start, f64 north, f64 within, const uint8_t *wall,
                  const f64 *east, const f64 *aslant, f64 *km, Heap heap) {
    for (i64 cell = 0; cell < high * broad; cell++)
        km[cell] = __builtin_inf(), heap.place[cell] = -1;
    km[start] = 0.0;
    lower(&heap, start, 0.0);
    while (heap.size > 0) {
        i64 at = take_least(&heap).vertex, r = at / broad, c = at % broad;
        for (i64 a = r > 0 ? r - 1 : 0; a <= r + 1 && a < high; a++)
            for (i64 b = c > 0 ? c - 1 : 0; b <= c + 1 && b < broad; b++) {
                i64 next = a * broad + b;
                f64 there = km[at] + (a == r ? east[r] : b == c ? north : aslant[r]);
                if (wall[next] || there >= km[next] || there > within) continue;
                if (a != r && b != c && wall[a * broad + c] && wall[r * broad + b]) continue;
                km[next] = there;
                lower(&heap, next, there);
            }
    }
}

typedef struct {
    i64 vertices, sets, words, starts, ends;
    const i64 *first;
    const i32 *to;
    const f64 *km;
    const i32 *crossing;
    const u64 *set;
    const i64 *start;
    const f64 *start_km;
    const u64 *start_set;
    const i64 *end;
    const f64 *end_km;
    const u64 *end_set;
    const f64 *bound;
    uint8_t *blocked;
    i64 *end_link;
    f64 *dist;
    i64 *from, *via;
    Heap heap;
} Search;

/* Shortest way from the start links to the end links (to everywhere, if there are none) over what
 * is not refused. A* with a consistent lower bound; a start link to vertex number `vertices` is the
 * direct line to the end. Returns the end link's number, `ends` for the direct line, -1 for none. */
static i64 search(Search *s, const u64 *refused, f64 *best_km) {
    f64 best = __builtin_inf();
    i64 arrived = -1;
    for (i64 k = 0; k < s->sets; k++)
        s->blocked[k] = (uint8_t)meets(s->set + k * s->words, refused, s->words);
    for (i64 v = 0; v < s->vertices; v++)
        s->dist[v] = __builtin_inf(), s->from[v] = s->via[v] = -1, s->heap.place[v] = -1;
    for (i64 v = 0; v < s->vertices; v++) s->end_link[v] = -1;
    s->heap.size = 0;
    for (i64 k = 0; k < s->ends; k++) {
        i64 *link = s->end_link + s->end[k];
        if (!meets(s->end_set + k * s->words, refused, s->words) &&
            (*link < 0 || s->end_km[k] < s->end_km[*link]))
            *link = k;
    }
    i64 welcome = 0;
    for (i64 v = 0; v < s->vertices; v++) welcome += s->end_link[v] >= 0;
    for (i64 k = 0; k < s->starts; k++) {
        i64 v = s->start[k];
        if (meets(s->start_set + k * s->words, refused, s->words)) continue;
        if (v == s->vertices) {
            if (s->start_km[k] < best) best = s->start_km[k], arrived = s->ends, s->via[v] = k;
        } else if (s->start_km[k] < s->dist[v]) {
            s->dist[v] = s->start_km[k], s->from[v] = -2, s->via[v] = k;
            lower(&s->heap, v, s->dist[v] + s->bound[v]);
        }
    }
    if (s->ends > 0 && welcome == 0) s->heap.size = 0; /* nobody lets us in: look no further */
    while (s->heap.size > 0) {
        Item least = take_least(&s->heap);
        if (least.key >= best) break;
        i64 u = least.vertex, link = s->end_link[u];
        f64 so_far = s->dist[u];
        if (link >= 0 && so_far + s->end_km[link] < best)
            best = so_far + s->end_km[link], arrived = link;
        for (i64 e = s->first[u]; e < s->first[u + 1]; e++) {
            f64 km = so_far + s->km[e];
            i64 v = s->to[e];
            if (km < s->dist[v] && km + s->bound[v] < best && !s->blocked[s->crossing[e]]) {
                s->dist[v] = km, s->from[v] = u, s->via[v] = s->crossing[e];
                lower(&s->heap, v, km + s->bound[v]);
            }
        }
    }
    *best_km = best;
    return arrived;
}

/* One search per row of refusals; the last one's tree stays in dist, from, via. */
static void ways(const i64 *n, void **a) {
    i64 V = n[0], S = n[2], W = n[3], queries = n[6];
    Search s = {V, S, W, n[4], n[5], a[0], a[1], a[2], a[3], a[4], a[5], a[6], a[7], a[8], a[9],
                a[10], a[11], a[13], a[14], a[15], a[16], a[17], {a[18], a[19], 0}};
    const u64 *refused = a[12];
    f64 *km = a[20];
    i64 *arrived = a[21];
    u64 *crossed = a[22];
    for (i64 q = 0; q < queries; q++) {
        u64 *out = crossed + q * W;
        arrived[q] = search(&s, refused + q * W, km + q);
        if (arrived[q] < 0) continue;
        if (arrived[q] == s.ends) {
            join(out, s.start_set + s.via[V] * W, W);
            continue;
        }
        i64 v = s.end[arrived[q]];
        join(out, s.end_set + arrived[q] * W, W);
        for (; s.from[v] >= 0; v = s.from[v]) join(out, s.set + s.via[v] * W, W);
        join(out, s.start_set + s.via[v] * W, W);
    }
}

/* Sets of areas told as sets of holders, each different one once. Areas that bar close a set: its
 * row is -1. `table` gives each area's holders. Returns the number of different sets. */
static i64 project(i64 sets, i64 words, i64 wide, const u64 *set, const u64 *table,
                   const u64 *barred, i64 slots, i64 *slot, i64 *row, u64 *out) {
    i64 count = 0;
    for (i64 k = 0; k < slots; k++) slot[k] = -1;
    for (i64 k = 0; k < sets; k++) {
        u64 *mine = out + count * wide, hash = 0;
        row[k] = -1;
        if (meets(set + k * words, barred, words)) continue;
        memset(mine, 0, (size_t)wide * sizeof *mine);
        for (i64 w = 0; w < words; w++)
            for (u64 left = set[k * words + w]; left; left &= left - 1)
                join(mine, table + (64 * w + __builtin_ctzll(left)) * wide, wide);
        for (i64 w = 0; w < wide; w++) hash = (hash ^ mine[w]) * 0x9E3779B97F4A7C15u, hash ^= hash >> 29;
        i64 at = (i64)(hash & (u64)(slots - 1));
        while (slot[at] >= 0 &&
               memcmp(out + slot[at] * wide, mine, (size_t)wide * sizeof *mine) != 0)
            at = (at + 1) & (slots - 1);
        if (slot[at] < 0) slot[at] = count++;
        row[k] = slot[at];
    }
    return count;
}

/* ---- 4 calls -------------------------------------------------------------------------------- */

/* A call's arrays, one letter each, capitals written: d f64, l i64, i i32, q u64, u u32, h u16, b u8. */
typedef struct {
    const char *name, *letters;
    int sizes, numbers;
} Call;

static const Call CALLS[] = {
    {"areas", "hudddldLQ", 5, 1},
    {"water", "budddldddddlBQ", 6, 1},
    {"clear", "hIB", 3, 0},
    {"clear packed", "bIB", 3, 0},
    {"ways", "lidiqldqldqdqBLDLLDIDLQ", 7, 0},
    {"project", "qqqLLQL", 4, 0},
    {"flood", "bddDDI", 3, 2},
    {NULL, NULL, 0, 0},
};

/* The items that array k of a call must hold, by the call's sizes. */
static f64 items(const char *call, int k, const i64 *n) {
    f64 lines = n[0], cells = (f64)n[1] * n[2];
    if (strcmp(call, "areas") == 0) {
        f64 blocks = n[4] < 0 ? 0 : (f64)(n[1] >> n[4]) * (n[2] >> n[4]);
        const f64 need[] = {cells, blocks, 3 * lines, 3 * lines, 2 * LEAPS * lines, lines, lines,
                            64. * n[3] + 1, lines * n[3]};
        return need[k];
    }
    if (strcmp(call, "water") == 0) {
        f64 blocks = n[4] < 0 ? 0 : (f64)(n[1] >> n[4]) * (n[2] >> n[4]), gates = n[5];
        const f64 need[] = {cells / 8, blocks, 3 * lines, 3 * lines, 2 * LEAPS * lines, lines,
                            lines, 3 * lines, 3 * lines, 3 * gates, 3 * gates, gates, lines,
                            lines * n[3]};
        return need[k];
    }
    if (strncmp(call, "clear", 5) == 0) {
        f64 blocks = (f64)n[0] * n[1];
        const f64 need[] = {blocks * n[2] * (call[5] ? 1 : n[2]), blocks, blocks};
        return need[k];
    }
    if (strcmp(call, "ways") == 0) {
        f64 V = n[0], E = n[1], S = n[2], W = n[3], L = n[4], M = n[5], Q = n[6];
        const f64 need[] = {V + 1, E, E, E, S * W, L, L, L * W, M, M, M * W, V, Q * W, S, V, V, V,
                            V + 1, 2 * V, V, Q, Q, Q * W};
        return need[k];
    }
    if (strcmp(call, "flood") == 0) {
        f64 basin = (f64)n[0] * n[1];
        const f64 need[] = {basin, n[0], n[0], n[2] < basin ? basin : __builtin_inf(), 2 * basin, basin};
        return need[k];
    }
    const f64 need[] = {(f64)n[0] * n[1], 64. * n[1] * n[2], n[1], n[3], n[0], (f64)n[0] * n[2], 1};
    return need[k];
}

static void carry_out(const char *call, const i64 *n, const f64 *x, void **a) {
    if (strcmp(call, "areas") == 0)
        areas(n[0], n[1], n[2], n[3], n[4], x[0], a[0], a[1], a[2], a[3], a[4], a[5], a[6], a[7],
              a[8]);
    if (strcmp(call, "water") == 0)
        water(n[0], n[1], n[2], n[3], n[4], n[5], x[0], a[0], a[1], a[2], a[3], a[4], a[5], a[6],
              a[7], a[8], a[9], a[10], a[11], a[12], a[13]);
    if (strcmp(call, "clear") == 0) clear(n[0], n[1], n[2], NULL, a[0], a[1], a[2]);
    if (strcmp(call, "clear packed") == 0) clear(n[0], n[1], n[2], a[0], NULL, a[1], a[2]);
    if (strcmp(call, "ways") == 0) ways(n, a);
    if (strcmp(call, "project") == 0)
        *(i64 *)a[6] = project(n[0], n[1], n[2], a[0], a[1], a[2], n[3], a[3], a[4], a[5]);
    if (strcmp(call, "flood") == 0)
        flood(n[0], n[1], n[2], x[0], x[1], a[0], a[1], a[2], a[3], (Heap){a[4], a[5], 0});
}

#if !defined(SL_ALONE)
/* ---- 5 the Python module ------------------------------------------------------------------- */

#define Py_LIMITED_API 0x030B0000
#define PY_SSIZE_T_CLEAN
#include <Python.h>

enum { VERSION = 5, MOST = 24 }; /* kernel.py refuses another version than its own */

/* Whether a buffer holds what a letter stands for. */
static int fits(char letter, const Py_buffer *view) {
    char kind = letter | 32, got = view->format[0];
    if (view->format[0] && view->format[1]) return 0;
    switch (kind) {
    case 'd': return got == kind;
    case 'u': return (got == 'I' || got == 'L') && view->itemsize == 4;
    case 'l': return (got == 'l' || got == 'q') && view->itemsize == 8;
    case 'q': return (got == 'L' || got == 'Q') && view->itemsize == 8;
    case 'i': return (got == 'i' || got == 'l') && view->itemsize == 4;
    case 'h': return got == 'H';
    default: return got == 'B' || got == '?';
    }
}

/* run(name, sizes, numbers, arrays): see kernel.py. */
static PyObject *run(PyObject *self, PyObject *args) {
    const char *name;
    PyObject *sizes, *numbers, *buffers, *result = NULL;
    Py_buffer view[MOST];
    void *array[MOST];
    i64 size[8] = {0};
    f64 number[4] = {0};
    int held = 0;
    const Call *call = CALLS;
    (void)self;
    if (!PyArg_ParseTuple(args, "sO!O!O!", &name, &PyTuple_Type, &sizes, &PyTuple_Type, &numbers,
                          &PyTuple_Type, &buffers))
        return NULL;
    while (call->name && strcmp(call->name, name) != 0) call++;
    if (!call->name || PyTuple_Size(sizes) != call->sizes ||
        PyTuple_Size(numbers) != call->numbers ||
        PyTuple_Size(buffers) != (Py_ssize_t)strlen(call->letters)) {
        PyErr_SetString(PyExc_ValueError, "no such call, or a wrong number of arguments");
        return NULL;
    }
    for (int k = 0; k < call->sizes; k++) {
        size[k] = PyLong_AsLongLong(PyTuple_GetItem(sizes, k));
        if (PyErr_Occurred()) return NULL;
        if (size[k] < -1 || (size[k] < 0 && k != 4) || size[k] > (i64)1 << 40) {
            PyErr_SetString(PyExc_ValueError, "a size is out of bounds");
            return NULL;
        }
    }
    for (int k = 0; k < call->numbers; k++) {
        number[k] = PyFloat_AsDouble(PyTuple_GetItem(numbers, k));
        if (PyErr_Occurred()) return NULL;
    }
    for (; call->letters[held]; held++) {
        char letter = call->letters[held];
        int how = PyBUF_C_CONTIGUOUS | PyBUF_FORMAT | (letter < 'a' ? PyBUF_WRITABLE : 0);
        Py_buffer *one = view + held;
        if (PyObject_GetBuffer(PyTuple_GetItem(buffers, held), one, how) < 0) goto done;
        if (!fits(letter, one) ||
            (f64)one->len < items(name, held, size) * (f64)one->itemsize) {
            PyErr_Format(PyExc_ValueError, "array %d has another type or is too short", held++);
            goto done;
        }
        array[held] = one->buf;
    }
    Py_BEGIN_ALLOW_THREADS
    carry_out(name, size, number, array);
    Py_END_ALLOW_THREADS
    result = Py_None;
    Py_INCREF(result);
done:
    while (held > 0) PyBuffer_Release(view + --held);
    return result;
}

static PyMethodDef methods[] = {{"run", run, METH_VARARGS, "Run a call; see kernel.py."},
                                {NULL, NULL, 0, NULL}};
static struct PyModuleDef module = {PyModuleDef_HEAD_INIT, "_kernel", NULL, -1, methods,
                                    NULL, NULL, NULL, NULL};
PyMODINIT_FUNC PyInit__kernel(void) {
    PyObject *made = PyModule_Create(&module);
    if (made != NULL && PyModule_AddIntConstant(made, "VERSION", VERSION) < 0) Py_CLEAR(made);
    return made;
}
#endif
