"""The Muon optimizer, its costly part shared between the processes of a run. Knows nothing of models.

torch.optim.Muon always computes in bf16, which processors without a matrix unit for it multiply at half the speed of fp32.
"""

import torch
import torch.distributed

COEFFICIENTS, STEPS = (3.4445, -4.775, 2.0315), 5
"""Of the quintic Newton-Schulz iteration (Jordan et al. 2024)."""


def orthogonalised(matrices: torch.Tensor) -> torch.Tensor:
    """[n, rows, columns] -> about U V^T of each matrix U S V^T, its singular values drawn towards 1."""
    a, b, c = COEFFICIENTS
    wide = matrices.mT if matrices.shape[1] > matrices.shape[2] else matrices
    x = wide / wide.norm(dim=(1, 2), keepdim=True).clamp(min=1e-7)
    for _ in range(STEPS):
        gram = x @ x.mT
        x = torch.baddbmm(x, torch.baddbmm(gram, gram, gram, beta=b, alpha=c), x, beta=a)
    return x.mT if wide is not matrices else x


class Muon(torch.optim.Optimizer):
    """Nesterov momentum whose step is orthogonalised, scaled to the root mean square of an AdamW step (Liu et al. 2025)."""

    def __init__(self, matrices: list[torch.nn.Parameter], lr: float, momentum: float = 0.95, dtype: torch.dtype = torch.float32, rank: int = 0, processes: int = 1) -> None:
        """`dtype` is what the steps are orthogonalised in; momentum and weights stay in fp32."""
        self.dtype, self.rank, self.processes = dtype, rank, processes
        shapes = sorted({tuple(matrix.shape) for matrix in matrices})
        groups = [{"params": [matrix for matrix in matrices if tuple(matrix.shape) == shape]} for shape in shapes]
        super().__init__(groups, {"lr": lr, "momentum": momentum})

    @torch.no_grad()
    def step(self) -> None:
        for group in self.param_groups:
            parameters, momentum = group["params"], group["momentum"]
            moved = []
            for parameter in parameters:
                average = self.state[parameter].setdefault("momentum_buffer", torch.zeros_like(parameter))
                average.lerp_(parameter.grad, 1 - momentum)
                moved.append(parameter.grad.lerp(average, momentum))
            steps = self.shared(torch.stack(moved).to(self.dtype)).float()
            scale = group["lr"] * 0.2 * max(parameters[0].shape) ** 0.5
            for parameter, step in zip(parameters, steps):
                parameter.add_(step, alpha=-scale)

    def shared(self, moved: torch.Tensor) -> torch.Tensor:
        """Orthogonalises every matrix; each process does its share of them."""
        if self.processes == 1:
            return orthogonalised(moved)
        steps = torch.zeros_like(moved)
        steps[self.rank :: self.processes] = orthogonalised(moved[self.rank :: self.processes])
        torch.distributed.all_reduce(steps)
        return steps
