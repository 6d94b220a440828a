/*
 * A tracepoint, as its file "format" in tracefs describes it: its number, where the fields of a
 * record are, and the kernel's names for the numbers in them. All functions read this text and
 * nothing else. A record is the bytes that the kernel gives (PERF_SAMPLE_RAW), in host byte order.
 */
#ifndef TCPCLOSE_KERNEL_TRACEPOINT_H
#define TCPCLOSE_KERNEL_TRACEPOINT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

/* The number of the tracepoint; 0 when the text is not a format. */
unsigned tracepoint_id(const char *format);

/* The bytes of a field in a record; NULL when it has no field of this name, or is too short. */
const uint8_t *tracepoint_field(const char *format, const char *field, const uint8_t *record,
                                size_t length, size_t *size);

/* A field of 1, 2, 4 or 8 bytes as an unsigned number. Returns false when there is none. */
bool tracepoint_number(const char *format, const char *field, const uint8_t *record, size_t length,
                       uint64_t *value);

/* The kernel's name for a number in a field: "TCP_OLD_SEQUENCE". Returns false when it has none. */
bool tracepoint_name(const char *format, const char *field, uint64_t value, char *name,
                     size_t size);

/*
 * The function of the kernel that contains an address, found in a table in the form of
 * /proc/kallsyms. Returns false when the table does not have it, for example when addresses are
 * hidden (all are 0).
 */
bool kernel_function(FILE *table, uint64_t address, char *name, size_t size);

#endif
