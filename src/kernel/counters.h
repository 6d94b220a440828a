/* The namespace's SNMP counters, /proc/net/{snmp,snmp6,netstat}. */
#ifndef TCPCLOSE_KERNEL_COUNTERS_H
#define TCPCLOSE_KERNEL_COUNTERS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

/*
 * Finds a counter by its name as in the files ("OutRsts", "TCPAbortOnData", "Ip6InReceives") or
 * with its group before it as nstat(8) prints it ("TcpOutRsts", "TcpExtTCPAbortOnData"). A name
 * that several groups have is the one of TCP, otherwise the first. False: there is none.
 */
bool counter_read(const char *name, uint64_t *value);

/*
 * All that are not 0, which in a new namespace is all that have changed: "TcpExtTCPAbortOnData 1".
 */
void counters_print(FILE *out);

/*
 * How all counters stand: to take it costs three reads of /proc, some 0.1 ms, and nothing is looked
 * at before counters_moved(). Zeroed, it is that of a new namespace.
 */
enum { COUNTER_FILES = 3 };
struct counters_mark {
	char *text[COUNTER_FILES];
};

/* Takes it; what was there before is freed. */
void counters_mark(struct counters_mark *mark);

/* Frees it. */
void counters_forget(struct counters_mark *mark);

/*
 * Which moved since, in the order of the files: "ListenOverflows +1, ListenDrops +1"; "" when none
 * did. Those that any packet moves are left out (segments, bytes, acknowledgments). Counters of TCP
 * stand without their group.
 */
void counters_moved(const struct counters_mark *mark, char *text, size_t size);

#endif
