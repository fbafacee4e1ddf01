namespace RuleCompiler.Tests.Oracles;

/// <summary>A packet about which a check has something to say.</summary>
/// <param name="Id">The check.</param>
/// <param name="Packet">A packet expression.</param>
internal record WitnessPacket(string Id, string Packet);
