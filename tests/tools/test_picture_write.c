/* tools/pipeline: the numbers of a picture as CSV, TSV, JSON and .npz. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <math.h>
#include <string.h>

#include "core/base/json.h"
#include "tests/support/failing_alloc.h"
#include "tools/pipeline/picture_write.h"
#include "weights/npz.h"

static gaze_label labels[2] = {{.text = "a", .length = 1}, {.text = "b", .length = 1}};
static float weights[2][4] = {{0.75f, 0.25f, 0.5f, 0.1f}, {1, 0, 0, 1}};

/* Layer 4, head 3, and a mean. */
static gaze_picture two_by_two(gaze_panel panels[2], size_t panel_count) {
    panels[0] = (gaze_panel){weights[0], 4, 3};
    panels[1] = (gaze_panel){weights[1], 4, GAZE_PANEL_MEAN};
    return (gaze_picture){.units = {.labels = labels, .count = 2},
                          .panels = panels,
                          .panel_count = panel_count,
                          .figure = {.model = "tiny \"x\""}};
}

typedef gaze_status writer(gaze_buffer *out, const gaze_picture *picture, gaze_error *err);

static void writes(writer *put, size_t panel_count, const char *want) {
    gaze_panel panels[2];
    gaze_picture picture = two_by_two(panels, panel_count);
    gaze_buffer out = {0};
    assert_int_equal(put(&out, &picture, NULL), GAZE_OK);
    assert_string_equal(out.data, want);
    gaze_buffer_deinit(&out);
}

static void one_panel_by_hand(void **state) {
    (void)state;
    writes(gaze_picture_put_csv, 1, ",a,b\na,0.75,0.25\nb,0.5,0.1\n");
    writes(gaze_picture_put_tsv, 1, "\ta\tb\na\t0.75\t0.25\nb\t0.5\t0.1\n");
    writes(gaze_picture_put_json, 1,
           "{\"model\": \"tiny \\\"x\\\"\", \"layer\": 4, \"head\": 3, \"tokens\": [\"a\", \"b\"], \"matrix\":\n"
           " [[0.75, 0.25],\n [0.5, 0.1]]}\n");
}

static void two_panels_by_hand(void **state) {
    (void)state;
    writes(gaze_picture_put_csv, 2,
           "layer,head,,a,b\n4,3,a,0.75,0.25\n4,3,b,0.5,0.1\n4,mean,a,1,0\n4,mean,b,0,1\n");
    writes(gaze_picture_put_json, 2,
           "{\"model\": \"tiny \\\"x\\\"\", \"layer\": [4, 4], \"head\": [3, \"mean\"], \"tokens\": [\"a\", \"b\"], "
           "\"matrix\": [\n [[0.75, 0.25],\n [0.5, 0.1]],\n [[1, 0],\n [0, 1]]]}\n");
}

/* RFC 4180: quotes double, what holds a comma, a quote or an end of line is quoted. Tabs have no place in a TSV. */
static void labels_of_strangers(void **state) {
    (void)state;
    labels[0].text = "a\",\n";
    labels[1].text = "\t\\\r";
    labels[0].length = 4;
    labels[1].length = 3;
    writes(gaze_picture_put_csv, 1, ",\"a\"\",\n\",\"\t\\\r\"\n\"a\"\",\n\",0.75,0.25\n\"\t\\\r\",0.5,0.1\n");
    writes(gaze_picture_put_tsv, 1, "\ta\",\\n\t\\t\\\\\\r\na\",\\n\t0.75\t0.25\n\\t\\\\\\r\t0.5\t0.1\n");
    labels[0] = (gaze_label){.text = "\xff</script>\x01", .length = 11};
    gaze_panel panels[2];
    gaze_picture picture = two_by_two(panels, 1);
    gaze_buffer out = {0};
    gaze_json *json = NULL;
    assert_int_equal(gaze_picture_put_json(&out, &picture, NULL), GAZE_OK);
    assert_null(strstr(out.data, "</script"));
    assert_int_equal(gaze_json_parse(&json, out.data, out.length, NULL, NULL), GAZE_OK);
    gaze_json_free(json);
    gaze_buffer_deinit(&out);
    labels[0] = (gaze_label){.text = "a", .length = 1};
    labels[1] = (gaze_label){.text = "b", .length = 1};
}

static void what_is_no_number(void **state) {
    (void)state;
    const float before = weights[0][1];
    weights[0][1] = NAN;
    writes(gaze_picture_put_csv, 1, ",a,b\na,0.75,nan\nb,0.5,0.1\n");
    weights[0][1] = -INFINITY;
    writes(gaze_picture_put_tsv, 1, "\ta\tb\na\t0.75\t-inf\nb\t0.5\t0.1\n");
    writes(gaze_picture_put_json, 1,
           "{\"model\": \"tiny \\\"x\\\"\", \"layer\": 4, \"head\": 3, \"tokens\": [\"a\", \"b\"], \"matrix\":\n"
           " [[0.75, null],\n [0.5, 0.1]]}\n");
    weights[0][1] = before;
}

static void an_archive_reads_back(void **state) {
    (void)state;
    for (size_t count = 1; count <= 2; count++) {
        gaze_panel panels[2];
        gaze_picture picture = two_by_two(panels, count);
        gaze_buffer out = {0};
        gaze_npz npz;
        assert_int_equal(gaze_picture_put_npz(&out, &picture, NULL), GAZE_OK);
        assert_int_equal(gaze_npz_parse(&npz, out.data, out.length, NULL), GAZE_OK);
        const gaze_tensor *matrix = gaze_npz_find(&npz, "matrix"), *meta = gaze_npz_find(&npz, "meta");
        assert_int_equal(matrix->rank, count + 1);
        for (size_t i = 0; i <= count; i++) assert_int_equal(matrix->shape[i], 2);
        assert_memory_equal(matrix->data, weights, count * sizeof weights[0]);
        gaze_json *json = NULL;
        assert_int_equal(gaze_json_parse(&json, meta->data, meta->shape[0], NULL, NULL), GAZE_OK);
        assert_true(gaze_json_equals(gaze_json_get(gaze_json_root(json), "model"), "tiny \"x\""));
        gaze_json_free(json);
        gaze_npz_deinit(&npz);
        gaze_buffer_deinit(&out);
    }
}

static gaze_status write_and_forget(void *context) {
    static writer *const writers[] = {gaze_picture_put_csv, gaze_picture_put_tsv, gaze_picture_put_json,
                                      gaze_picture_put_npz};
    gaze_status status = GAZE_OK;
    for (size_t i = 0; i < 4 && !status; i++) {
        gaze_buffer out = {0};
        status = writers[i](&out, context, NULL);
        gaze_buffer_deinit(&out);
    }
    return status;
}

static void every_allocation_may_fail(void **state) {
    (void)state;
    gaze_panel panels[2];
    gaze_picture picture = two_by_two(panels, 2);
    assert_true(fail_each_allocation(write_and_forget, &picture) > 4);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_panel_by_hand),   cmocka_unit_test(two_panels_by_hand),
        cmocka_unit_test(labels_of_strangers), cmocka_unit_test(what_is_no_number),
        cmocka_unit_test(an_archive_reads_back), cmocka_unit_test(every_allocation_may_fail),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
