/* Little-endian numbers at any address, on any machine: all file formats here are little-endian. */
#ifndef GAZE_CORE_BASE_BYTES_H
#define GAZE_CORE_BASE_BYTES_H

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

static inline uint16_t gaze_load_u16(const void *at) {
    const unsigned char *b = at;
    return (uint16_t)(b[0] | b[1] << 8);
}
static inline uint32_t gaze_load_u32(const void *at) {
    const unsigned char *b = at;
    return (uint32_t)b[0] | (uint32_t)b[1] << 8 | (uint32_t)b[2] << 16 | (uint32_t)b[3] << 24;
}
static inline uint64_t gaze_load_u64(const void *at) {
    return (uint64_t)gaze_load_u32(at) | (uint64_t)gaze_load_u32((const unsigned char *)at + 4) << 32;
}
static inline float gaze_load_f32(const void *at) {
    uint32_t bits = gaze_load_u32(at);
    float value;
    memcpy(&value, &bits, sizeof value);
    return value;
}
static inline double gaze_load_f64(const void *at) {
    uint64_t bits = gaze_load_u64(at);
    double value;
    memcpy(&value, &bits, sizeof value);
    return value;
}
static inline void gaze_store_u16(void *at, uint16_t v) {
    unsigned char *b = at;
    b[0] = (unsigned char)v;
    b[1] = (unsigned char)(v >> 8);
}
static inline void gaze_store_u32(void *at, uint32_t v) {
    gaze_store_u16(at, (uint16_t)v);
    gaze_store_u16((unsigned char *)at + 2, (uint16_t)(v >> 16));
}
static inline void gaze_store_u64(void *at, uint64_t v) {
    gaze_store_u32(at, (uint32_t)v);
    gaze_store_u32((unsigned char *)at + 4, (uint32_t)(v >> 32));
}
static inline void gaze_store_f32(void *at, float value) {
    uint32_t bits;
    memcpy(&bits, &value, sizeof bits);
    gaze_store_u32(at, bits);
}

/* Whether this machine keeps the least significant byte first, as the files do. */
static inline bool gaze_host_is_little_endian(void) {
    const uint16_t one = 1;
    unsigned char first;
    memcpy(&first, &one, 1);
    return first == 1;
}

#endif
