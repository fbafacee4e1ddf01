namespace RuleCompiler.PacketSpaces;

/// <summary>Chooses the unknowns that rows ask for.</summary>
/// <param name="rules">The rules.</param>
/// <param name="splitter">Has related the cell to the row.</param>
/// <param name="work">Takes the cells with the other choice.</param>
internal sealed class UnknownChooser(SpaceRuleset rules, CellSplitter splitter, Stack<Cell> work)
{
    /// <summary>Chooses the row's open unknowns as it needs them; the cell with the other choice is carried on later.</summary>
    /// <returns>False where an unknown known already is not as the row needs it; the cell is then behind the rule.</returns>
    public bool Choose(Cell cell, SpaceChain chain, in SpaceRow row)
    {
        foreach (var choice in splitter.Choices)
        {
            var other = cell.Clone();
            other.Assume(choice, 0, chain, row);
            other.Next++;
            work.Push(other);
            cell.Assume(choice, 1, chain, row);
        }
        foreach (var (variable, isWanted) in rules.UnknownsOf(row))
        {
            var wanted = isWanted ? 1 : 0;
            var known = splitter.Find(cell, variable);
            if (known is null)
            {
                var other = cell.Clone();
                other.Assume(variable, 1 - wanted, chain, row, isWanted);
                CellMover.SkipRule(other, row);
                work.Push(other);
            }
            cell.Assume(variable, known ?? wanted, chain, row, isWanted);
            if (known is { } value && value != wanted)
            {
                CellMover.SkipRule(cell, row);
                return false;
            }
        }
        return true;
    }

    /// <summary>Gives every open unknown of a row the value that it needs; false where one has the other.</summary>
    public bool AssumeAll(Cell cell, SpaceChain chain, in SpaceRow row)
    {
        foreach (var choice in splitter.Choices)
        {
            cell.Assume(choice, 1, chain, row);
        }
        foreach (var (variable, isWanted) in rules.UnknownsOf(row))
        {
            var wanted = isWanted ? 1 : 0;
            if ((splitter.Find(cell, variable) ?? wanted) != wanted)
            {
                return false;
            }
            cell.Assume(variable, wanted, chain, row, isWanted);
        }
        return true;
    }
}
