/*
 * A tracepoint, as its file "format" in tracefs tells of it: its number, where the fields of a
 * record lie, and the names that the kernel has for the numbers in them. All functions read that
 * text and nothing else; a record is the bytes that the kernel gives (PERF_SAMPLE_RAW), in host
 * byte order.
 */
#ifndef TCPCLOSE_KERNEL_TRACEPOINT_H
#define TCPCLOSE_KERNEL_TRACEPOINT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

/* Its number; 0: the text is no format. */
unsigned tracepoint_id(const char *format);

/* The bytes of a field within a record; NULL when it has none of that name, or is too short. */
const uint8_t *tracepoint_field(const char *format, const char *field, const uint8_t *record,
                                size_t length, size_t *size);

/* A field of 1, 2, 4 or 8 bytes, as an unsigned number. False where there is none. */
bool tracepoint_number(const char *format, const char *field, const uint8_t *record, size_t length,
                       uint64_t *value);

/* The kernel's name for a number in a field: "TCP_OLD_SEQUENCE". False: it has none. */
bool tracepoint_name(const char *format, const char *field, uint64_t value, char *name,
                     size_t size);

/*
 * The function that an address of the kernel is in, by a table in the form of /proc/kallsyms.
 * False when the table does not have it, as where addresses are hidden (all are 0).
 */
bool kernel_function(FILE *table, uint64_t address, char *name, size_t size);

#endif
