/* The namespace's SNMP counters, /proc/net/{snmp,snmp6,netstat}. */
#ifndef TCPCLOSE_HOST_COUNTERS_H
#define TCPCLOSE_HOST_COUNTERS_H

#include <stdbool.h>
#include <stdint.h>

/*
 * Finds a counter by its name as in the files ("OutRsts", "TCPAbortOnData", "Ip6InReceives") or
 * with its group before it as nstat(8) prints it ("TcpOutRsts", "TcpExtTCPAbortOnData"). A name
 * that several groups have is the one of TCP, otherwise the first. False: there is none.
 */
bool counter_read(const char *name, uint64_t *value);

#endif
