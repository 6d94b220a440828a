/*
 * libpcap is loaded only when a file of packets is read or written, which few processes do. With
 * all libraries that it needs (D-Bus, systemd, compression) it makes the start of a process slower
 * by about a millisecond, and making a world takes no longer than that.
 */
#ifndef TCPCLOSE_CAPTURE_LIBPCAP_H
#define TCPCLOSE_CAPTURE_LIBPCAP_H

#include <pcap/pcap.h>

#include "base/fault.h"

/* Its functions. Use them only after libpcap_load(). */
struct libpcap {
	__typeof__(pcap_open_dead_with_tstamp_precision) *open_dead;
	__typeof__(pcap_open_offline_with_tstamp_precision) *open_offline;
	__typeof__(pcap_next_ex) *next;
	__typeof__(pcap_datalink) *datalink;
	__typeof__(pcap_datalink_val_to_name) *datalink_name;
	__typeof__(pcap_close) *close;
	__typeof__(pcap_geterr) *error;
	__typeof__(pcap_dump_open) *dump_open;
	__typeof__(pcap_dump_file) *dump_stream;
	__typeof__(pcap_dump) *dump;
	__typeof__(pcap_dump_flush) *dump_flush;
	__typeof__(pcap_dump_close) *dump_close;
};

extern struct libpcap libpcap;

/*
 * Loads libpcap, once for this process and all processes that are forked after it. Returns
 * FAULT_NONE, or a fault with `error` (FAULT_TEXT bytes) set.
 */
enum fault libpcap_load(char *error);

#endif
