/* The kernel without Python, for the address and undefined-behaviour sanitizers.
 *
 * Reads cases from standard input: call (0 solve, 1 certify, 2 adjoint), sizes, and every array with
 * its length. Each array is allocated by itself, so that a step past its end is seen.
 */
#define SL_ALONE
#define SL_PLAIN
#include <stdio.h>
#include <stdlib.h>

#include "_kernel.c"

static int next(int *value) { return fread(value, sizeof *value, 1, stdin) == 1; }

int main(void) {
    int call, cases = 0;
    while (next(&call)) {
        int size[MAX_STEPS + 1], length;
        f64 *array[SCRATCH + 1];
        if (fread(size, sizeof(int), MAX_STEPS + 1, stdin) != MAX_STEPS + 1) return 2;
        for (int k = 0; k < SCRATCH; k++) {
            if (!next(&length)) return 2;
            array[k] = malloc((size_t)length * sizeof(f64));
            if (fread(array[k], sizeof(f64), (size_t)length, stdin) != (size_t)length) return 2;
        }
        ptrdiff_t scratch = call == 2 ? sl_scratch_adjoint(size) : sl_scratch(size);
        array[SCRATCH] = malloc((size_t)scratch * sizeof(f64));
        if (call == 0) sl_solve(size, array);
        if (call == 1) sl_certify(size, array);
        if (call == 2) sl_adjoint(size, array);
        for (int k = 0; k <= SCRATCH; k++) free(array[k]);
        cases++;
    }
    printf("%d", cases);
    return 0;
}
