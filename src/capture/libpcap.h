/*
 * libpcap, loaded when it is wanted: with all that it is linked to (D-Bus, systemd, compression) it
 * makes the start of a process a millisecond longer, which is as much as a world costs, and nearly
 * every process is one that neither writes nor reads a file of packets.
 */
#ifndef TCPCLOSE_CAPTURE_LIBPCAP_H
#define TCPCLOSE_CAPTURE_LIBPCAP_H

#include <pcap/pcap.h>

#include "base/fault.h"

/* Its functions; to be called after libpcap_load(). */
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

/* Once for a process, and for those that are forked after it. */
enum fault libpcap_load(char *error);

#endif
