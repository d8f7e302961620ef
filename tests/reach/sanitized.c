/* Runs the calls that test_sanitized.py writes: each array in memory of its own length, no more. */
#define SL_ALONE
#include "_kernel.c"

#include <stdio.h>
#include <stdlib.h>

static int take_in(void *into, size_t bytes) { return fread(into, 1, bytes, stdin) == bytes; }

int main(void) {
    i64 head[3], done = 0;
    while (take_in(head, sizeof head)) { /* which call, sizes, numbers */
        const Call *call = CALLS + head[0];
        i64 size[8] = {0};
        f64 number[4] = {0};
        void *array[32] = {0};
        if (!take_in(size, head[1] * sizeof *size) || !take_in(number, head[2] * sizeof *number))
            return 2;
        for (int k = 0; call->letters[k]; k++) {
            i64 shape[2]; /* items, bytes of one */
            if (!take_in(shape, sizeof shape)) return 2;
            if ((f64)shape[0] < items(call->name, k, size)) return 3;
            array[k] = malloc((size_t)(shape[0] * shape[1]));
            if (!take_in(array[k], (size_t)(shape[0] * shape[1]))) return 2;
        }
        carry_out(call->name, size, number, array);
        for (int k = 0; call->letters[k]; k++) free(array[k]);
        done++;
    }
    printf("%lld\n", (long long)done);
    return 0;
}
