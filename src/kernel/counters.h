/* The SNMP counters of the namespace: /proc/net/{snmp,snmp6,netstat}. */
#ifndef TCPCLOSE_KERNEL_COUNTERS_H
#define TCPCLOSE_KERNEL_COUNTERS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

/*
 * Finds a counter by its name in the files ("OutRsts", "TCPAbortOnData", "Ip6InReceives"), or with
 * its group before the name, as nstat(8) prints it ("TcpOutRsts", "TcpExtTCPAbortOnData"). When
 * several groups have the name, TCP is preferred, and otherwise the first group. Returns false when
 * there is no such counter.
 */
bool counter_read(const char *name, uint64_t *value);

/*
 * Prints all counters that are not 0. In a new namespace these are the ones that have changed. A
 * line is "TcpExtTCPAbortOnData 1".
 */
void counters_print(FILE *out);

/*
 * The values of all counters at one moment. Taking it means reading three files of /proc, which
 * costs about 0.1 ms; they are parsed only in counters_moved(). A mark of zero bytes is that of a
 * new namespace.
 */
enum { COUNTER_FILES = 3 };
struct counters_mark {
	char *text[COUNTER_FILES];
};

/* Takes a mark. Frees what it held before. */
void counters_mark(struct counters_mark *mark);

/* Frees what the mark holds. */
void counters_forget(struct counters_mark *mark);

/*
 * Writes which counters have moved since the mark, in the order of the files: "ListenOverflows +1,
 * ListenDrops +1"; "" when none has. Counters that any packet moves (segments, bytes,
 * acknowledgments) are left out. Counters of TCP are written without their group.
 */
void counters_moved(const struct counters_mark *mark, char *text, size_t size);

#endif
