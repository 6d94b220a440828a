/* A pcap file: nanosecond stamps, packets that begin with their IP header (DLT_RAW). */
#ifndef TCPCLOSE_CAPTURE_PCAP_FILE_H
#define TCPCLOSE_CAPTURE_PCAP_FILE_H

#include <stdint.h>
#include <time.h>

#include "base/fault.h"

struct pcap_file;

/* Loads what writes the files, once for all processes that are forked after it. */
void pcap_file_prepare(void);

/*
 * Begins the file, which replaces one that is there. When it cannot be written later (the disk is
 * full) it stays as it is, and `lost`, FAULT_TEXT bytes or NULL, says so; `path` must still
 * be.
 */
enum fault pcap_file_open(struct pcap_file **file, const char *path, char *lost, char *error);

/* Of a packet of `length` bytes the first `captured`. It is in the file when this returns. */
void pcap_file_add(struct pcap_file *file, const uint8_t *bytes, size_t captured, size_t length,
                   struct timespec at);

/* NULL is allowed. */
void pcap_file_close(struct pcap_file *file);

#endif
