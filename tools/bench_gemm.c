/* Speed of the matrix product at each instruction set, beside what the processor can do at most.
 *
 *     make bench                       one thread
 *     make bench THREADS=2
 *
 * How it is measured, so that the numbers can be believed:
 *   - Before and after each sample the processor's limit is probed: multiply-adds in registers, for
 *     about 1 ms. A sample beside a slow probe is thrown away and taken again, and so is one during
 *     which another program had the processor. Shares are of the limit probed next to it.
 *   - All contestants take turns in each round, so that a drift of the clock hits all of them.
 *   - The weights are cold: each call takes the next of about 340 MB of copies, as a forward pass
 *     does.
 *   - A sample lasts at least 12 ms; its median call counts; then the median of the rounds.
 *   - The output is filled with NaN first, and 404 places are checked against double precision.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "core/kernels/gemm.h"
#include "core/kernels/kernels.h"
#include "core/kernels/parallel.h"

enum { ROUNDS = 3, MOST_CALLS = 4096, MOST_M = 512, MOST_TRIES = 60, NAIVE = GAZE_LEVEL_COUNT };
static const size_t model_bytes = 340u << 20; /* BERT-base's linear layers */
static const double sample_seconds = 0.012;

typedef struct bench {
    size_t M, N, K, copies, turn;
    float *x, *w, *y;
    int threads, rejected, taken, wrong;
    double usual_peak[NAIVE + 1]; /* GFLOP/s */
} bench;

static double clock_seconds(clockid_t clock) {
    struct timespec t;
    clock_gettime(clock, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static double now(void) {
    return clock_seconds(CLOCK_MONOTONIC);
}

static int by_size(const void *a, const void *b) {
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static double median(double *values, size_t count) {
    qsort(values, count, sizeof *values, by_size);
    return values[count / 2];
}

static const char *name_of(int contestant) {
    return contestant == NAIVE ? "naive" : gaze_level_name((gaze_level)contestant);
}

/* The level whose limit a contestant is held against; naive loops are measured against the best. */
static void use(int contestant) {
    if (contestant != NAIVE) gaze_level_force((gaze_level)contestant, NULL);
}

/* GFLOP/s of multiply-adds in registers on all threads; the better of two tries. */
static double probe(int threads) {
    const gaze_kernels *kernels = gaze_kernels_now();
    double best = 0;
    for (int attempt = 0; attempt < 2; attempt++) {
        double operations = 0, start = now();
#ifdef _OPENMP
#pragma omp parallel for num_threads(threads) reduction(+ : operations)
#endif
        for (int i = 0; i < threads; i++) operations += kernels->peak(60000);
        double rate = 1e-9 * operations / (now() - start);
        if (rate > best) best = rate;
    }
    return best;
}

static double usual_peak(int contestant, int threads) {
    double rates[40];
    use(contestant);
    for (size_t i = 0; i < 40; i++) rates[i] = probe(threads);
    return median(rates, 40);
}

/* ---------------------------------------------------------------------------------------------- */

static void multiply(bench *b, int contestant) {
    const float *w = b->w + b->turn++ % b->copies * b->N * b->K;
    gaze_matrix X = gaze_matrix_rows(b->x, b->K), W = gaze_matrix_rows(w, b->K);
    if (contestant == NAIVE)
        gaze_gemm_naive(b->y, b->N, X, W, NULL, b->M, b->N, b->K);
    else
        gaze_gemm(b->y, b->N, X, W, NULL, b->M, b->N, b->K, b->threads);
}

/* 400 random outputs and the corners against double; all copies of the weights are alike. */
static void check(bench *b, const char *name) {
    double bound = 1e-6 * sqrt((double)b->K);
    for (size_t i = 0; i < 404; i++) {
        size_t m = (size_t)rand() % b->M, n = (size_t)rand() % b->N;
        if (i < 4) m = i / 2 ? b->M - 1 : 0;
        if (i < 4) n = i % 2 ? b->N - 1 : 0;
        double sum = 0;
        for (size_t k = 0; k < b->K; k++) sum += (double)b->x[m * b->K + k] * b->w[n * b->K + k];
        if (fabs(b->y[m * b->N + n] - sum) <= bound) continue;
        printf("WRONG: %s M=%zu N=%zu K=%zu at [%zu, %zu]: %g, not %g\n", name, b->M, b->N, b->K, m,
               n, (double)b->y[m * b->N + n], sum);
        b->wrong++;
        return;
    }
}

/* GFLOP/s: the median call of a sample. */
static double sample(bench *b, int contestant) {
    double calls[MOST_CALLS], start = now();
    size_t count = 0;
    while (count < MOST_CALLS && (now() - start < sample_seconds || count < 3)) {
        double before = now();
        multiply(b, contestant);
        calls[count++] = now() - before;
        if (contestant == NAIVE) break;
    }
    return 2e-9 * (double)(b->M * b->N * b->K) / median(calls, count);
}

/* True when the processor was ours for nine tenths of the time since the two clocks were read. */
static int was_ours(const bench *b, double wall, double used) {
    wall = now() - wall;
    used = clock_seconds(CLOCK_PROCESS_CPUTIME_ID) - used;
    return used >= 0.9 * wall * b->threads;
}

/* One try; false when the machine was disturbed. *limit: the probes' mean. */
static int try_sample(bench *b, int contestant, double *rate, double *limit) {
    double enough = 0.85 * b->usual_peak[contestant], before = probe(b->threads);
    double wall = now(), used = clock_seconds(CLOCK_PROCESS_CPUTIME_ID);
    *rate = sample(b, contestant);
    int ours = was_ours(b, wall, used);
    double after = probe(b->threads);
    *limit = (before + after) / 2;
    return ours && before >= enough && after >= enough;
}

static double undisturbed_sample(bench *b, int contestant, double *limit) {
    double rate = 0;
    use(contestant);
    if (contestant != NAIVE) multiply(b, contestant); /* does not count */
    for (int attempt = 0; attempt < MOST_TRIES; attempt++) {
        b->taken++;
        if (try_sample(b, contestant, &rate, limit)) break;
        b->rejected++;
        nanosleep(&(struct timespec){.tv_nsec = 60000000}, NULL);
    }
    return rate;
}

static void run_row(bench *b, const int *contestants, size_t count) {
    double rates[NAIVE + 1][ROUNDS], limits[NAIVE + 1][ROUNDS];
    for (size_t round = 0; round < ROUNDS; round++)
        for (size_t c = 0; c < count; c++) {
            for (size_t i = 0; i < b->M * b->N; i++) b->y[i] = NAN;
            rates[c][round] = undisturbed_sample(b, contestants[c], &limits[c][round]);
            if (round == 0) check(b, name_of(contestants[c]));
        }
    printf("| %zux%zu | %zu |", b->N, b->K, b->M);
    for (size_t c = 0; c < count; c++) {
        double rate = median(rates[c], ROUNDS);
        printf(" %.1f (%.0f) |", rate, 100 * rate / median(limits[c], ROUNDS));
    }
    printf("\n");
}

/* One W, its copies, and X. */
static int fill(bench *b, size_t N, size_t K) {
    b->N = N;
    b->K = K;
    b->copies = model_bytes / (N * K * sizeof *b->w);
    b->w = malloc(b->copies * N * K * sizeof *b->w);
    b->x = malloc(MOST_M * K * sizeof *b->x);
    b->y = malloc(MOST_M * N * sizeof *b->y);
    if (!b->w || !b->x || !b->y) return 0;
    for (size_t i = 0; i < N * K; i++) b->w[i] = (float)rand() / (float)RAND_MAX * 2 - 1;
    for (size_t i = 1; i < b->copies; i++) memcpy(b->w + i * N * K, b->w, N * K * sizeof *b->w);
    for (size_t i = 0; i < MOST_M * K; i++) b->x[i] = (float)rand() / (float)RAND_MAX * 2 - 1;
    return 1;
}

static void empty(bench *b) {
    free(b->w);
    free(b->x);
    free(b->y);
}

static void print_heading(const bench *b, const int *contestants, size_t count) {
    printf("GFLOP/s (%% of the limit probed beside it), %d thread%s, cold weights\n\n| N x K | M |",
           b->threads, b->threads == 1 ? "" : "s");
    for (size_t c = 0; c < count; c++) printf(" %s |", name_of(contestants[c]));
    printf("\n|---|---|");
    for (size_t c = 0; c < count; c++) printf("---|");
    printf("\n| limit | |");
    for (size_t c = 0; c < count; c++) printf(" %.0f |", b->usual_peak[contestants[c]]);
    printf("\n");
}

int main(int argc, char **argv) {
    static const size_t shapes[][2] = {{768, 768}, {768, 3072}}, rows[] = {1, 4, 16, 128, 512};
    bench b = {.threads = argc > 1 ? atoi(argv[1]) : 1};
    int contestants[NAIVE + 1];
    size_t count = 0;
    for (int level = 0; level < GAZE_LEVEL_COUNT; level++)
        if (gaze_level_available((gaze_level)level)) contestants[count++] = level;
    contestants[count++] = NAIVE;
    if (b.threads < 1) b.threads = 1;
    for (size_t c = 0; c < count; c++)
        b.usual_peak[contestants[c]] = usual_peak(contestants[c], b.threads);
    print_heading(&b, contestants, count);
    for (size_t s = 0; s < 2; s++) {
        if (!fill(&b, shapes[s][0], shapes[s][1])) return 1;
        for (size_t r = 0; r < sizeof rows / sizeof *rows; r++) {
            b.M = rows[r];
            run_row(&b, contestants, b.M <= 16 ? count : count - 1); /* naive would take minutes */
        }
        empty(&b);
    }
    printf("\n%d of %d samples rejected as disturbed%s\n", b.rejected, b.taken,
           b.rejected * 2 > b.taken ? ": this machine is not fit for measuring now" : "");
    return b.wrong > 0;
}
