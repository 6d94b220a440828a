/*
 * Writes a pcap file with stamps in nanoseconds. Each packet begins with its IP header (DLT_RAW).
 */
#ifndef TCPCLOSE_CAPTURE_PCAP_FILE_H
#define TCPCLOSE_CAPTURE_PCAP_FILE_H

#include <stdint.h>
#include <time.h>

#include "base/fault.h"

struct pcap_file;

/* Loads libpcap before processes are forked, so that it is loaded only once. */
void pcap_file_prepare(void);

/*
 * Begins a file, and replaces one that is there. If it cannot be written later (the disk is full),
 * the file stays as it is, and the reason is written to `lost`: FAULT_TEXT bytes that must still be
 * there then, or NULL. The same is true for `path`. Returns FAULT_NONE, or a fault with `error`
 * set.
 */
enum fault pcap_file_open(struct pcap_file **file, const char *path, char *lost, char *error);

/*
 * Adds the first `captured` bytes of a packet that has `length` bytes. They are in the file when
 * the function returns.
 */
void pcap_file_add(struct pcap_file *file, const uint8_t *bytes, size_t captured, size_t length,
                   struct timespec at);

/* NULL is allowed. */
void pcap_file_close(struct pcap_file *file);

#endif
