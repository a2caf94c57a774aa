/* The constants of the zip format that its reader and its writer share (PKWARE's APPNOTE.TXT). */
#ifndef GAZE_WEIGHTS_ZIP_FORMAT_H
#define GAZE_WEIGHTS_ZIP_FORMAT_H

/* The first four bytes of each record: "PK" and two numbers. */
#define ZIP_LOCAL_MARK   0x04034B50u
#define ZIP_CENTRAL_MARK 0x02014B50u
#define ZIP_END_MARK     0x06054B50u
#define ZIP_END64_MARK   0x06064B50u
#define ZIP_LOCATOR_MARK 0x07064B50u

/* Flags. */
#define ZIP_ENCRYPTED     (1u << 0)
#define ZIP_DEFLATE_LEVEL (1u << 1 | 1u << 2)
#define ZIP_SIZES_BEHIND  (1u << 3) /* the local header has no sizes; they follow the data */
#define ZIP_UTF8          (1u << 11)

/* Methods. */
#define ZIP_STORED   0u
#define ZIP_DEFLATED 8u

#endif
