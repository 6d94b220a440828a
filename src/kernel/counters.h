/* The namespace's SNMP counters, /proc/net/{snmp,snmp6,netstat}. */
#ifndef TCPCLOSE_KERNEL_COUNTERS_H
#define TCPCLOSE_KERNEL_COUNTERS_H

#include <stdbool.h>
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

#endif
