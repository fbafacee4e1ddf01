/**
 * Scenario files (NAME.flows): expectations, claims and snapshots about the traffic of a dump.
 *
 *     scenario "app calls a remote service"
 *       packet tcp 10.244.1.7:40000 -> 10.0.0.9:80 uid 1000
 *       expect redirect 127.0.0.1:15001
 *
 * One statement a line; which statements belong together, the reader knows. The packet grammar is taken in,
 * so a packet here is what it is on the command line. The input is one character a byte (Latin-1), and ends
 * in a line break: whoever supplies it adds one where the text has none.
 */
grammar Scenario;

import PacketExpression;

scenarioFile
    : ( statement? NEWLINE )* EOF
    ;

statement
    : ( DUMP | HOST ) quoted WORD?
    | PROFILE word
    | ( SCENARIO | NEVER | ALWAYS ) quoted
    | PACKET packet
    | SPACE packet
    | FLOWS
    | SNAPSHOT
    | EXPECT MAYBE? condition
    | condition
    | unknown
    ;

condition
    : NOT? test
    ;

test
    : ( VERDICT | FLOW | HITS | MARK ) word
    | PATH word+
    | UNTOUCHED
    | REWRITE word word?
    | ( DNAT | MASQUERADE | NETMAP | REDIRECT | SNAT | TPROXY ) word?
    ;

quoted
    : STRING
    | UNCLOSED              // an error, which the reader reports
    ;

word
    : WORD
    | STRING
    | UNCLOSED
    | keyword
    | clauseWord
    ;

// What no statement begins with.
unknown
    : ( WORD | STRING | UNCLOSED | ARROW | COMMA | OTHER | MAYBE | unknownClause ) ( word | ARROW | COMMA | OTHER )*
    ;

unknownClause
    : IN | OUT | UID | GID | GROUPS | SOCKET | STATE | DIR | CTSTATUS | CTMARK | ZONE | FLAGS | OPTIONS | MSS
    | TYPE | LENGTH | TTL | TOS | DSCP | EXTHDR | MAC | PHYSIN | PHYSOUT | IN_SET | MATCH | CTORIG | NAT | FRAGMENT
    ;

clauseWord
    : MARK
    | unknownClause
    ;

// ---- In packets a word of this language is a name like any other ----

value
    : WORD
    | STRING
    | UNCLOSED
    | keyword
    ;

excess
    : ( WORD | STRING | UNCLOSED | ARROW | OTHER | keyword ) COMMA*
    ;

keyword
    : ALWAYS | DNAT | DUMP | EXPECT | FLOW | FLOWS | HITS | HOST | MASQUERADE | MAYBE | NETMAP | NEVER | NOT | PACKET
    | PATH | PROFILE | REDIRECT | REWRITE | SCENARIO | SNAPSHOT | SNAT | SPACE | TPROXY | UNTOUCHED | VERDICT
    ;

// ---- Words ----

ALWAYS     : 'always' ;
DNAT       : 'dnat' ;
DUMP       : 'dump' ;
EXPECT     : 'expect' ;
FLOW       : 'flow' ;
FLOWS      : 'flows' ;
HITS       : 'hits' ;
HOST       : 'host' ;
MASQUERADE : 'masquerade' ;
MAYBE      : 'maybe' ;
NETMAP     : 'netmap' ;
NEVER      : 'never' ;
NOT        : 'not' ;
PACKET     : 'packet' ;
PATH       : 'path' ;
PROFILE    : 'profile' ;
REDIRECT   : 'redirect' ;
REWRITE    : 'rewrite' ;
SCENARIO   : 'scenario' ;
SNAPSHOT   : 'snapshot' ;
SNAT       : 'snat' ;
SPACE      : 'space' ;
TPROXY     : 'tproxy' ;
UNTOUCHED  : 'untouched' ;
VERDICT    : 'verdict' ;

// ---- The rest ----

NEWLINE    : '\n' ;
BLANKS     : [ \t\r]+ -> channel(HIDDEN) ;
