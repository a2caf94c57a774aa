/* weights/named_tensor: sizes, byte order, and every type as float or whole number. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <math.h>
#include <string.h>

#include "core/base/bytes.h"
#include "weights/named_tensor.h"

static gaze_tensor vector(const void *data, gaze_dtype dtype, size_t count) {
    return (gaze_tensor){data, dtype, 1, {count}};
}

/* 2 x 3 floats are 24 bytes; 7 x 2 elements of 4 bits are 7; of 6 bits 10.5, cut to 10. */
static void sizes_by_hand(void **state) {
    (void)state;
    assert_int_equal(gaze_tensor_size(&(gaze_tensor){NULL, GAZE_DTYPE_F32, 2, {2, 3}}), 24);
    assert_int_equal(gaze_tensor_size(&(gaze_tensor){NULL, GAZE_DTYPE_F4, 2, {7, 2}}), 7);
    assert_int_equal(gaze_tensor_size(&(gaze_tensor){NULL, GAZE_DTYPE_F6_E2M3, 2, {7, 2}}), 10);
    assert_int_equal(gaze_tensor_size(&(gaze_tensor){NULL, GAZE_DTYPE_I64, 0, {0}}), 8);
    assert_int_equal(gaze_tensor_size(&(gaze_tensor){NULL, GAZE_DTYPE_I64, 3, {5, 0, 5}}), 0);
}

static void bytes_are_turned(void **state) {
    (void)state;
    char bytes[] = "12345678";
    gaze_elements_swap(bytes, 4, 2);
    assert_string_equal(bytes, "21436587");
    gaze_elements_swap(bytes, 2, 4);
    assert_string_equal(bytes, "34127856");
    gaze_elements_swap(bytes, 1, 8);
    assert_string_equal(bytes, "65872143");
    gaze_elements_swap(bytes, 8, 1);
    assert_string_equal(bytes, "65872143");
}

static void data_is_appended_little_endian(void **state) {
    (void)state;
    const uint32_t words[2] = {0x01020304, 0x05060708};
    const gaze_tensor tensor = vector(words, GAZE_DTYPE_U32, 2);
    gaze_buffer out = {0};
    gaze_tensor_append(&out, &tensor);
    assert_int_equal(out.length, 8);
    assert_memory_equal(out.data, "\4\3\2\1\10\7\6\5", 8);
    gaze_buffer_deinit(&out);
}

static void every_type_as_float(void **state) {
    (void)state;
    const double doubles[2] = {0.1, -1e300};
    const uint16_t halves[2] = {0x3C00, 0xC000}; /* F16: 1, -2; BF16: 0.0078125, -2 */
    const int64_t longs[2] = {-3, (int64_t)1 << 40};
    const int32_t ints[2] = {-3, 1 << 20};
    const int8_t bytes[2] = {-3, 127};
    const struct {
        gaze_tensor tensor;
        float first, second;
    } cases[] = {
        {vector(doubles, GAZE_DTYPE_F64, 2), 0.1F, -INFINITY},
        {vector(halves, GAZE_DTYPE_F16, 2), 1, -2},
        {vector(halves, GAZE_DTYPE_BF16, 2), 0.0078125F, -2},
        {vector(longs, GAZE_DTYPE_I64, 2), -3, 0x1p40F},
        {vector(ints, GAZE_DTYPE_I32, 2), -3, 0x1p20F},
        {vector(bytes, GAZE_DTYPE_I8, 2), -3, 127},
        {vector(bytes, GAZE_DTYPE_U8, 2), 253, 127},
        {vector(bytes, GAZE_DTYPE_BOOL, 2), 253, 127},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        float out[2];
        assert_true(gaze_tensor_to_f32(out, &cases[i].tensor));
        assert_true(out[0] == cases[i].first && out[1] == cases[i].second);
    }
    float none;
    assert_false(gaze_tensor_to_f32(&none, &(gaze_tensor){bytes, GAZE_DTYPE_F8_E4M3, 1, {1}}));
}

static void whole_numbers(void **state) {
    (void)state;
    const int64_t longs[2] = {INT64_MIN, INT64_MAX};
    const gaze_tensor exact = vector(longs, GAZE_DTYPE_I64, 2);
    const gaze_tensor floats = vector(longs, GAZE_DTYPE_F32, 2);
    int64_t out[2];
    assert_true(gaze_tensor_to_i64(out, &exact));
    assert_memory_equal(out, longs, sizeof longs);
    assert_false(gaze_tensor_to_i64(out, &floats));
}

/* Data may stand at an odd address. */
static void unaligned_data(void **state) {
    (void)state;
    char bytes[9];
    const float values[2] = {1.5F, -2.5F};
    float out[2];
    memcpy(bytes + 1, values, sizeof values);
    const gaze_tensor tensor = vector(bytes + 1, GAZE_DTYPE_F32, 2);
    assert_true(gaze_tensor_to_f32(out, &tensor));
    assert_memory_equal(out, values, sizeof values);
}

static void the_first_that_is_not_finite(void **state) {
    (void)state;
    double doubles[3] = {1, -HUGE_VAL, (double)NAN};
    size_t index = 9;
    const gaze_tensor tensor = vector(doubles, GAZE_DTYPE_F64, 3);
    assert_true(gaze_tensor_find_nonfinite(&tensor, &index));
    assert_int_equal(index, 1);
    doubles[1] = 1.7e308;
    assert_true(gaze_tensor_find_nonfinite(&tensor, &index));
    assert_int_equal(index, 2);
    doubles[2] = 0;
    assert_false(gaze_tensor_find_nonfinite(&tensor, &index));
    const gaze_tensor integers = vector("\xFF\xFF\xFF\xFF", GAZE_DTYPE_I32, 1);
    assert_false(gaze_tensor_find_nonfinite(&integers, &index));
}

static void names_once(void **state) {
    (void)state;
    const gaze_named_tensor tensors[] = {{"a", {0}}, {"b", {0}}, {"a", {0}}};
    assert_int_equal(gaze_named_tensors_check(tensors, 2, NULL), GAZE_OK);
    assert_int_equal(gaze_named_tensors_check(tensors, 3, NULL), GAZE_ERROR_NAME);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sizes_by_hand),
        cmocka_unit_test(bytes_are_turned),
        cmocka_unit_test(data_is_appended_little_endian),
        cmocka_unit_test(every_type_as_float),
        cmocka_unit_test(whole_numbers),
        cmocka_unit_test(unaligned_data),
        cmocka_unit_test(the_first_that_is_not_finite),
        cmocka_unit_test(names_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
