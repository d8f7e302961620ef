/* Ways and sight lines in C: the same steps as the numpy twins, one line or one search at a time.
 *
 * The twins (walk.py, search.py) are the definition; this is their fast copy, and tests hold the two
 * together: the same cells, the same lengths. No library mathematics but square roots and no
 * contraction of floating point, so that one source gives one answer wherever it is compiled.
 *
 *   1 walking a great circle   2 sight lines   3 searches   4 the Python module
 */
#include <stddef.h>
#include <stdint.h>
#include <string.h>

typedef double f64;
typedef uint64_t u64;
typedef int32_t i32;
typedef int64_t i64;

#define INLINE static inline __attribute__((always_inline))

/* ---- 1 walking a great circle -------------------------------------------------------------- */

static const f64 PI = 3.141592653589793, HALF_PI = 1.5707963267948966;

/* atan(t) for 0 <= t <= 1, to 2e-8 (Abramowitz and Stegun 4.4.49): a tenth of a metre on Earth. */
INLINE f64 atan1(f64 t) {
    f64 s = t * t, sum = 0.0028662257;
    sum = sum * s - 0.0161657367;
    sum = sum * s + 0.0429096138;
    sum = sum * s - 0.0752896400;
    sum = sum * s + 0.1065626393;
    sum = sum * s - 0.1420889944;
    sum = sum * s + 0.1999355085;
    sum = sum * s - 0.3333314528;
    return t * (sum * s + 1.0);
}

/* The angle of (x, y) seen from the origin. */
INLINE f64 angle(f64 y, f64 x) {
    f64 up = y < 0 ? -y : y, right = x < 0 ? -x : x;
    f64 low = up < right ? up : right, high = up < right ? right : up;
    f64 turn = atan1(high > 0 ? low / high : 0.0);
    if (up > right) turn = HALF_PI - turn;
    if (x < 0) turn = PI - turn;
    return y < 0 ? -turn : turn;
}

/* The cell of a grid (rows from the north, columns from 180 W) that a unit vector points at. */
INLINE i64 cell_of(const f64 *v, i64 rows, i64 columns) {
    f64 lat = angle(v[2], __builtin_sqrt(v[0] * v[0] + v[1] * v[1])), lon = angle(v[1], v[0]);
    i64 row = (i64)((HALF_PI - lat) / PI * (f64)rows);
    i64 column = (i64)((lon + PI) / (2 * PI) * (f64)columns);
    row = row < 0 ? 0 : row >= rows ? rows - 1 : row;
    column = column < 0 ? 0 : column >= columns ? 0 : column;
    return row * columns + column;
}

/* Points at equal steps: each is the last, turned by the step's angle (Chebyshev's recurrence). */
typedef struct { f64 at[3], next[3], twice_cos; } Walker;

INLINE void begin(Walker *w, const f64 *at, const f64 *next, f64 twice_cos) {
    for (int k = 0; k < 3; k++) w->at[k] = at[k], w->next[k] = next[k];
    w->twice_cos = twice_cos;
}

INLINE void step(Walker *w) {
    for (int k = 0; k < 3; k++) {
        f64 after = w->twice_cos * w->next[k] - w->at[k];
        w->at[k] = w->next[k], w->next[k] = after;
    }
}

/* ---- 2 sight lines -------------------------------------------------------------------------- */

/* Which areas each line crosses by more than graze_km in all; 0 in the grid is nobody's. */
static void areas(i64 lines, i64 rows, i64 columns, i64 words, f64 graze_km, const uint16_t *grid,
                  const f64 *at, const f64 *next, const f64 *twice_cos, const i64 *pieces,
                  const f64 *piece_km, i64 *count, u64 *crossed) {
    for (i64 line = 0; line < lines; line++) {
        Walker w;
        begin(&w, at + 3 * line, next + 3 * line, twice_cos[line]);
        memset(count, 0, (size_t)(64 * words + 1) * sizeof *count);
        for (i64 k = 0; k < pieces[line]; k++) {
            i64 here = grid[cell_of(w.at, rows, columns)];
            count[here <= 64 * words ? here : 0]++;
            step(&w);
        }
        for (i64 area = 0; area < 64 * words; area++)
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

/* Which lines meet no more than graze_km of land in all, and the areas of the gates they pass. */
static void water(i64 lines, i64 rows, i64 columns, i64 words, i64 gates, f64 graze_km,
                  const uint8_t *land, const f64 *at, const f64 *next, const f64 *twice_cos,
                  const i64 *pieces, const f64 *piece_km, const f64 *from, const f64 *to,
                  const f64 *post, const f64 *other, const i64 *area, uint8_t *open, u64 *crossed) {
    for (i64 line = 0; line < lines; line++) {
        Walker w;
        i64 hit = 0, k = 0;
        begin(&w, at + 3 * line, next + 3 * line, twice_cos[line]);
        for (; k < pieces[line]; k++) {
            i64 cell = cell_of(w.at, rows, columns);
            hit += land[cell >> 3] >> (7 - (cell & 7)) & 1;
            if ((f64)hit * piece_km[line] > graze_km) break;
            step(&w);
        }
        open[line] = k == pieces[line];
        if (!open[line]) continue;
        f64 across[3], along[3];
        const f64 *a = from + 3 * line, *b = to + 3 * line;
        cross(a, b, across);
        for (i64 gate = 0; gate < gates; gate++) {
            const f64 *c = post + 3 * gate, *d = other + 3 * gate;
            f64 acb = -dot(across, c), bda = dot(across, d);
            if (acb * bda <= 0) continue;
            cross(c, d, along);
            f64 cbd = -dot(along, b), dac = dot(along, a);
            if (acb * cbd > 0 && acb * dac > 0)
                crossed[line * words + (area[gate] >> 6)] |= (u64)1 << (area[gate] & 63);
        }
    }
}

/* ---- 4 the Python module ------------------------------------------------------------------- */

#define Py_LIMITED_API 0x030B0000
#define PY_SSIZE_T_CLEAN
#include <Python.h>

enum { VERSION = 1, MOST = 24 }; /* kernel.py refuses another version than its own */

/* A call's arrays, one letter each, capitals written: d f64, l i64, i i32, q u64, h u16, b u8. */
typedef struct {
    const char *name, *letters;
    int sizes, numbers;
} Call;

static const Call CALLS[] = {
    {"areas", "hdddldLQ", 4, 1},
    {"water", "bdddldddddlBQ", 5, 1},
    {NULL, NULL, 0, 0},
};

static int fits(char letter, const Py_buffer *view) {
    char kind = letter | 32, got = view->format[0];
    if (view->format[0] && view->format[1]) return 0;
    switch (kind) {
    case 'd': return got == 'd';
    case 'l': return (got == 'l' || got == 'q') && view->itemsize == 8;
    case 'q': return (got == 'L' || got == 'Q') && view->itemsize == 8;
    case 'i': return (got == 'i' || got == 'l') && view->itemsize == 4;
    case 'h': return got == 'H';
    default: return got == 'B' || got == '?';
    }
}

/* The items that array k of a call must hold, by the call's sizes. */
static f64 items(char call, int k, const i64 *n) {
    if (call == 'a') {
        const f64 need[] = {(f64)n[1] * n[2], 3. * n[0], 3. * n[0], n[0], n[0], n[0],
                            64. * n[3] + 1, (f64)n[0] * n[3]};
        return need[k];
    }
    const f64 need[] = {(f64)n[1] * n[2] / 8, 3. * n[0], 3. * n[0], n[0], n[0], n[0], 3. * n[0],
                        3. * n[0], 3. * n[4], 3. * n[4], n[4], n[0], (f64)n[0] * n[3]};
    return need[k];
}

static void carry_out(char call, const i64 *n, const f64 *x, void **a) {
    if (call == 'a')
        areas(n[0], n[1], n[2], n[3], x[0], a[0], a[1], a[2], a[3], a[4], a[5], a[6], a[7]);
    if (call == 'w')
        water(n[0], n[1], n[2], n[3], n[4], x[0], a[0], a[1], a[2], a[3], a[4], a[5], a[6], a[7],
              a[8], a[9], a[10], a[11], a[12]);
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
        if (size[k] < 0) {
            PyErr_SetString(PyExc_ValueError, "a size is below zero");
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
            (f64)one->len < items(name[0], held, size) * (f64)one->itemsize) {
            PyErr_Format(PyExc_ValueError, "array %d has another type or is too short", held++);
            goto done;
        }
        array[held] = one->buf;
    }
    Py_BEGIN_ALLOW_THREADS
    carry_out(name[0], size, number, array);
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
